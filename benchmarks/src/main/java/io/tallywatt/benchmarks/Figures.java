package io.tallywatt.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Measured numbers in ascending order, and what is said of them. */
final class Figures {
    private final double[] sorted;

    Figures(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        sorted = figures.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest figure that at least so many per cent do not exceed. */
    double percentile(int percent) {
        return sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
    }

    static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
