package io.tallywatt.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;

/**
 * Callers that ask again as soon as they are answered, each on a connection of its own: how many answers there are to be had.
 * (How long callers who come when they please would wait is another question: {@link OpenLoop}.)
 */
final class ClosedLoop {
    /**
     * What came of it.
     *
     * @param seconds until the last answer had come
     * @param bytes of all bodies
     */
    record Load(double seconds, Figures millis, long bytes) {
        double perSecond() {
            return millis.count() / seconds;
        }
    }

    private record Caller(Latencies latencies, long begin, long end, long bytes) {}

    private ClosedLoop() {}

    /** Asks for so many seconds, then waits for the answers that are due; each caller asks at least once. */
    static Load run(int port, HttpQuestion question, int callers, double seconds)
            throws IOException, InterruptedException, ExecutionException {
        List<HttpConnection> connections = new ArrayList<>();
        List<Caller> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Caller>> calls = new ArrayList<>();
            for (int c = 0; c < callers; c++) {
                int first = c;
                HttpConnection connection = new HttpConnection(port);
                connections.add(connection);
                calls.add(() -> call(connection, question, first, callers, (long) (seconds * 1e9)));
            }
            for (Future<Caller> caller : threads.invokeAll(calls)) {
                done.add(caller.get());
            }
        } finally {
            for (HttpConnection connection : connections) {
                connection.close();
            }
        }
        long begin = done.stream().mapToLong(Caller::begin).min().orElseThrow();
        long end = done.stream().mapToLong(Caller::end).max().orElseThrow();
        DoubleStream millis = done.stream().flatMapToDouble(c -> c.latencies().millis());
        return new Load(
                (end - begin) / 1e9,
                new Figures(millis.toArray()),
                done.stream().mapToLong(Caller::bytes).sum());
    }

    private static Caller call(HttpConnection connection, HttpQuestion question, int first, int step, long nanos)
            throws IOException {
        Latencies latencies = new Latencies();
        long bytes = 0;
        long begin = System.nanoTime();
        long now = begin;
        for (int number = first; latencies.count() == 0 || now - begin < nanos; number += step) {
            long asked = now;
            ResponseReader answer = connection.ask(question.request(number));
            question.check(number, answer);
            bytes += answer.length();
            now = System.nanoTime();
            latencies.add(now - asked);
        }
        return new Caller(latencies, begin, now, bytes);
    }
}
