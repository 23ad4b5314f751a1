package io.tallywatt.server.http;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Lets another thread work and waits for it. */
final class Waiting {
    private Waiting() {}

    static <T> T forResult(Callable<T> work, Executor executor) {
        FutureTask<T> task = new FutureTask<>(work);
        executor.execute(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the store was asked", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
