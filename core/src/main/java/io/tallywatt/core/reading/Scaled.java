package io.tallywatt.core.reading;

import java.math.BigDecimal;

/** Decimals as scaled longs: {@code units x 10^-scale}, with a scale of 0 to 9. */
public final class Scaled {
    public static final int MAX_SCALE = 9;

    private static final long[] POWERS = {
        1L, 10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L
    };

    private Scaled() {}

    /** 10 to the power of 0 to 9. */
    public static long power(int exponent) {
        return POWERS[exponent];
    }

    /** The same number at a finer scale. */
    public static long rescale(long units, int from, int to) {
        return Math.multiplyExact(units, POWERS[to - from]);
    }

    /** Whether the number fits a long at a finer scale. */
    public static boolean fits(long units, int from, int to) {
        long limit = Long.MAX_VALUE / POWERS[to - from];
        return units <= limit && units >= -limit;
    }

    public static BigDecimal toDecimal(long units, int scale) {
        return BigDecimal.valueOf(units, scale);
    }

    /** Plain text without trailing zeros: {@code 12.5}, {@code 0}, {@code 1200}. */
    public static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** The value with the fewest decimals, at least none: what exports and answers show. */
    public static BigDecimal trim(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
