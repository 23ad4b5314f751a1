package io.tallywatt.aws.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many calls to the table at once, but never more than a bound. What one throws is thrown, after the others came to an end. */
final class Parallel {
    /** One call takes some milliseconds of waiting: so many keep a function of one core busy. */
    private static final int AT_ONCE = 24;

    private Parallel() {}

    /** The results in the order of the inputs. */
    static <T, R> List<R> map(List<T> inputs, Function<T, R> call) {
        if (inputs.size() == 1) {
            return List.of(call.apply(inputs.getFirst()));
        }
        List<R> results = new ArrayList<>(inputs.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(AT_ONCE, Math.max(1, inputs.size())),
                Thread.ofVirtual().factory())) {
            List<Future<R>> calls = new ArrayList<>(inputs.size());
            for (T input : inputs) {
                calls.add(threads.submit(() -> call.apply(input)));
            }
            for (Future<R> one : calls) {
                results.add(one.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Backoff.Interrupted();
        }
        return results;
    }
}
