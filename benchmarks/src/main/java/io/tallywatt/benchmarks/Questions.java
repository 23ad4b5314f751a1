package io.tallywatt.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Times questions by asking each many times, with other arguments each time. */
final class Questions {
    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final int AT_LEAST = 5;
    private static final int ENOUGH = 2_000;

    private final Map<String, Figures> millis = new LinkedHashMap<>();

    /** A question; the number chooses its arguments. */
    interface Question {
        void ask(int number) throws Exception;
    }

    void ask(String words, Question question) throws Exception {
        long begin = System.nanoTime();
        int number = 0;
        do {
            question.ask(number++);
        } while (System.nanoTime() - begin < WARM_NANOS && number < ENOUGH);
        List<Double> times = new ArrayList<>();
        begin = System.nanoTime();
        while (times.size() < AT_LEAST || (times.size() < ENOUGH && System.nanoTime() - begin < LONGEST_NANOS)) {
            long start = System.nanoTime();
            question.ask(number++);
            times.add((System.nanoTime() - start) / 1e6);
        }
        millis.put(
                words,
                new Figures(times.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    Map<String, Figures> millis() {
        return millis;
    }
}
