package io.tallywatt.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Callers who come when they please, whether or not others have been answered. A request that has to wait, for an answer
 * before it or for a connection, has waited: its time counts from when it was due, so a server that stands still for a second
 * is seen by all who came in that second.
 */
final class OpenLoop {
    /** As many can wait for their answers at once as a server has reason to keep waiting. */
    static final int CONNECTIONS = 64;

    private final Schedule schedule;
    private final List<HttpQuestion> questions;
    private final long begin;
    private final long[] took;

    private OpenLoop(Schedule schedule, List<HttpQuestion> questions) {
        this.schedule = schedule;
        this.questions = questions;
        this.begin = System.nanoTime() + 50_000_000; // until all threads have started
        this.took = new long[schedule.count()];
    }

    /** Something else that goes on beside it. */
    interface Beside {
        void run() throws IOException, InterruptedException;
    }

    static OpenLoop run(int port, Schedule schedule, List<HttpQuestion> questions, Beside beside)
            throws IOException, InterruptedException, ExecutionException {
        List<HttpConnection> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS + 1)) {
            for (int c = 0; c < CONNECTIONS; c++) {
                connections.add(new HttpConnection(port));
            }
            OpenLoop loop = new OpenLoop(schedule, questions);
            AtomicInteger next = new AtomicInteger();
            List<Future<Void>> running = new ArrayList<>();
            for (HttpConnection connection : connections) {
                Callable<Void> caller = () -> {
                    loop.call(connection, next);
                    return null;
                };
                running.add(threads.submit(caller));
            }
            Callable<Void> other = () -> {
                beside.run();
                return null;
            };
            running.add(threads.submit(other));
            for (Future<Void> caller : running) {
                caller.get();
            }
            return loop;
        } finally {
            for (HttpConnection connection : connections) {
                connection.close();
            }
        }
    }

    private void call(HttpConnection connection, AtomicInteger next) throws IOException {
        for (int i = next.getAndIncrement(); i < schedule.count(); i = next.getAndIncrement()) {
            long due = begin + schedule.nanos()[i];
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            HttpQuestion question = questions.get(schedule.questions()[i]);
            question.check(i, connection.ask(question.request(i)));
            took[i] = System.nanoTime() - due;
        }
    }

    /** The times of those requests, all of which were answered. */
    double[] millis(IntPredicate which) {
        return IntStream.range(0, took.length)
                .filter(which)
                .mapToDouble(i -> took[i] / 1e6)
                .toArray();
    }

    /** Whether a request's question is this one. */
    boolean asks(int request, int question) {
        return schedule.questions()[request] == question;
    }

    /** Whether a request was due in a stretch of time. */
    boolean dueWithin(int request, long fromNanos, long toNanos) {
        long due = begin + schedule.nanos()[request];
        return due - fromNanos >= 0 && due - toNanos < 0;
    }
}
