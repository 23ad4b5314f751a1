package io.tallywatt.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When which question is due, settled before the first is asked: callers who know nothing of one another come at random,
 * so the gaps are distributed exponentially, and every question is as likely as any other.
 *
 * @param nanos from the start, ascending
 * @param questions which one, from 0 on
 */
record Schedule(long[] nanos, int[] questions) {
    static Schedule of(double perSecond, double seconds, int questions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long end = (long) (seconds * 1e9);
        long[] nanos = new long[16];
        int n = 0;
        for (double at = gap(random, perSecond); at < end; at += gap(random, perSecond)) {
            if (n == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * n);
            }
            nanos[n++] = (long) at;
        }
        int[] which = new int[n];
        Arrays.setAll(which, i -> random.nextInt(questions));
        return new Schedule(Arrays.copyOf(nanos, n), which);
    }

    private static double gap(SplittableRandom random, double perSecond) {
        return -Math.log1p(-random.nextDouble()) / perSecond * 1e9;
    }

    int count() {
        return nanos.length;
    }
}
