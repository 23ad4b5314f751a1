package io.tallywatt.core.validate;

import java.util.Arrays;

/**
 * Median and median absolute deviation (MAD) of whole numbers, and the arithmetic round them; results that no long holds are the
 * greatest or smallest that there is.
 *
 * <p>1.4826 MAD estimates the standard deviation of normally distributed values (Rousseeuw and Croux, "Alternatives to the
 * Median Absolute Deviation", 1993), and half of the values may be wrong before it is.
 */
final class Robust {
    /** Ten thousand times the factor that makes a MAD comparable with a standard deviation. */
    static final long MAD_TO_SIGMA = 14_826;

    static final long TEN_THOUSAND = 10_000;

    private static final int FEW = 32;

    private Robust() {}

    /** The middle of the first {@code n}, which are sorted by this; of an even number the mean of both in the middle, rounded down. */
    static long median(long[] values, int n) {
        sort(values, n);
        int middle = n / 2;
        return n % 2 == 1 ? values[middle] : mean(values[middle - 1], values[middle]);
    }

    /** Mostly of a handful. */
    private static void sort(long[] values, int n) {
        if (n > FEW) {
            Arrays.sort(values, 0, n);
            return;
        }
        for (int i = 1; i < n; i++) {
            long value = values[i];
            int to = i;
            while (to > 0 && values[to - 1] > value) {
                values[to] = values[to - 1];
                to--;
            }
            values[to] = value;
        }
    }

    private static long mean(long a, long b) {
        return (a & b) + ((a ^ b) >> 1);
    }

    /** {@code value x num / den}, rounded toward zero. */
    static long times(long value, long num, long den) {
        if (fits(value, num)) {
            return value * num / den;
        }
        // Loses digits, but only far to the right of those that matter.
        long divided = value / den;
        if (fits(divided, num)) {
            return divided * num;
        }
        return value > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private static boolean fits(long value, long num) {
        return Math.multiplyHigh(value, num) == value * num >> 63;
    }

    static long plus(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    static long minus(long a, long b) {
        return b == Long.MIN_VALUE ? plus(plus(a, Long.MAX_VALUE), 1) : plus(a, -b);
    }

    static long distance(long a, long b) {
        return a > b ? minus(a, b) : minus(b, a);
    }
}
