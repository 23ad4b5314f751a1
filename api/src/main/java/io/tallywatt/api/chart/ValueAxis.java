package io.tallywatt.api.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The upright axis: 3 to 5 ticks at round values, the first and the last at its ends.
 *
 * @param ticks from the lowest up, evenly spaced
 */
record ValueAxis(List<BigDecimal> ticks) {
    private static final List<BigDecimal> ROUND =
            List.of(BigDecimal.ONE, new BigDecimal("2"), new BigDecimal("2.5"), new BigDecimal("5"));
    private static final BigDecimal MOST_STEPS = new BigDecimal("4");

    /**
     * @param values what is to be shown, null for nothing
     * @param fromZero whether zero must be on the axis; it also is where the values vary by half of the greatest or more
     */
    static ValueAxis of(@Nullable Span values, boolean fromZero) {
        Span span = values == null ? new Span(BigDecimal.ZERO, BigDecimal.ONE) : values;
        BigDecimal greatest = span.high().abs().max(span.low().abs());
        if (fromZero
                || span.length().signum() == 0
                || span.length().add(span.length()).compareTo(greatest) >= 0) {
            span = span.withZero();
        }
        if (span.length().signum() == 0) {
            span = new Span(BigDecimal.ZERO, BigDecimal.ONE);
        }
        return of(span, step -> true);
    }

    /** Of whole numbers from zero up. */
    static ValueAxis ofCounts(long most) {
        Span span = new Span(BigDecimal.ZERO, BigDecimal.valueOf(Math.max(most, MOST_STEPS.longValueExact())));
        return of(span, step -> step.stripTrailingZeros().scale() <= 0);
    }

    private static ValueAxis of(Span span, Predicate<BigDecimal> allowed) {
        // A hundredth of the length at first, so that the search starts with too many steps.
        int exponent = span.length().precision() - span.length().scale() - 3;
        while (true) {
            for (BigDecimal round : ROUND) {
                BigDecimal step = round.scaleByPowerOfTen(exponent);
                BigDecimal first = span.low().divide(step, 0, RoundingMode.FLOOR);
                BigDecimal last = span.high().divide(step, 0, RoundingMode.CEILING);
                if (last.subtract(first).compareTo(MOST_STEPS) <= 0 && allowed.test(step)) {
                    return new ValueAxis(ticks(first, last, step));
                }
            }
            exponent++;
        }
    }

    private static List<BigDecimal> ticks(BigDecimal first, BigDecimal last, BigDecimal step) {
        int scale = Math.max(0, step.stripTrailingZeros().scale());
        List<BigDecimal> ticks = new ArrayList<>();
        for (BigDecimal n = first; n.compareTo(last) <= 0; n = n.add(BigDecimal.ONE)) {
            ticks.add(n.multiply(step).setScale(scale, RoundingMode.UNNECESSARY));
        }
        return List.copyOf(ticks);
    }

    BigDecimal low() {
        return ticks.getFirst();
    }

    BigDecimal high() {
        return ticks.getLast();
    }

    /** Whether zero is between the ends, so that values of both signs are shown. */
    boolean crossesZero() {
        return low().signum() < 0 && high().signum() > 0;
    }

    /** Where bars and areas start: zero, or the end that is nearest to it. */
    BigDecimal base() {
        return BigDecimal.ZERO.max(low()).min(high());
    }

    /** Where a value stands between the lower end (0) and the upper end (1) of the axis. */
    double share(BigDecimal value) {
        return value.subtract(low())
                .divide(high().subtract(low()), MathContext.DECIMAL64)
                .doubleValue();
    }
}
