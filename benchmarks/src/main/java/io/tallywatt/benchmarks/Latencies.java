package io.tallywatt.benchmarks;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Times noted one by one. */
final class Latencies {
    private long[] nanos = new long[1 << 10];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    int count() {
        return count;
    }

    DoubleStream millis() {
        return Arrays.stream(nanos, 0, count).mapToDouble(n -> n / 1e6);
    }
}
