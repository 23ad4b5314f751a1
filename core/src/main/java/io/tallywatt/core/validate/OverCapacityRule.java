package io.tallywatt.core.validate;

import io.tallywatt.core.grid.Cable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * More flows than a cable, or all cables of a border, could carry at that date, by more than a twentieth of it.
 *
 * <p>A twentieth: a capacity is what arrives, and what is sent is up to 4 or 5 % more (BritNed, 1,000 MW, was at 1,043 MW in May
 * 2023, Nemo at 1,020 MW); and values are rounded. What lies within half an hour is one finding. Nothing is said of a cable whose
 * capacity on that date is not known, or which was out of service.
 *
 * <p>Either the source is wrong, or the table of capacities is ({@code tallywatt.grid.cable.NAME} puts it right). Confidence:
 * 50 % at the bound, 75 % at a tenth, 95 % at half as much again; critical from there on, since no cable carries that.
 */
final class OverCapacityRule {
    private static final BigDecimal TOLERANCE = new BigDecimal("0.05");
    private static final BigDecimal CRITICAL = new BigDecimal("1.5");
    private static final BigDecimal MOST_MW = BigDecimal.valueOf(1_000_000_000);
    private static final long TOGETHER = Duration.ofMinutes(30).toSeconds();

    private OverCapacityRule() {}

    /** Looks at the border, as the platform has it. */
    static void lookAtBorder(BorderLines lines, Said said) {
        look(
                lines.platform,
                (from, to) -> lines.capacityMw(from, to).orElse(-1),
                BorderLines.PLATFORM,
                "all cables of " + lines.border + " together",
                said);
    }

    /** Looks at one cable. */
    static void lookAtCable(BorderLines lines, Cable cable, Said said) {
        @Nullable FlowLine line = lines.cable(cable.name());
        if (line != null) {
            look(
                    line,
                    (from, to) -> lines.capacityMw(cable, from, to).orElse(-1),
                    BorderLines.CABLES,
                    cable.name(),
                    said);
        }
    }

    /** @param capacity of an interval, in MW; -1 where it is not known */
    private static void look(FlowLine line, LongBinaryOperator capacity, String source, String what, Said said) {
        int first = -1;
        int last = -1;
        int worst = -1;
        for (int i = 0; i < line.size(); i++) {
            long mw = capacity.applyAsLong(line.start(i), line.end(i));
            if (mw < 0 || !isBeyond(line.value(i), mw)) {
                continue;
            }
            if (first >= 0 && line.start(i) - line.end(last) > TOGETHER) {
                tell(line, first, last, worst, capacity, source, what, said);
                first = -1;
            }
            if (first < 0) {
                first = i;
                worst = i;
            }
            last = i;
            worst = line.value(i).abs().compareTo(line.value(worst).abs()) > 0 ? i : worst;
        }
        if (first >= 0) {
            tell(line, first, last, worst, capacity, source, what, said);
        }
    }

    private static boolean isBeyond(BigDecimal value, long capacityMw) {
        return value.abs().compareTo(bound(capacityMw)) > 0;
    }

    private static BigDecimal bound(long capacityMw) {
        return BigDecimal.valueOf(capacityMw).multiply(BigDecimal.ONE.add(TOLERANCE));
    }

    private static void tell(
            FlowLine line,
            int first,
            int last,
            int worst,
            LongBinaryOperator capacity,
            String source,
            String what,
            Said said) {
        long mw = capacity.applyAsLong(line.start(worst), line.end(worst));
        BigDecimal value = line.value(worst);
        BigDecimal bound = bound(mw);
        long seconds = 0;
        for (int i = first; i <= last; i++) {
            long then = capacity.applyAsLong(line.start(i), line.end(i));
            seconds += then >= 0 && isBeyond(line.value(i), then) ? line.end(i) - line.start(i) : 0;
        }
        boolean critical = value.abs().compareTo(BigDecimal.valueOf(mw).multiply(CRITICAL)) > 0;
        said.found(
                RuleName.OVER_CAPACITY,
                line.start(first),
                line.end(last),
                critical ? Severity.CRITICAL : Severity.WARNING,
                Confidence.beyond(
                        kw(value.abs().subtract(BigDecimal.valueOf(mw))), kw(bound.subtract(BigDecimal.valueOf(mw)))),
                source + " has up to " + BorderLines.mw(value) + " for " + Words.time(seconds),
                "at most " + BorderLines.mw(BigDecimal.valueOf(mw)) + " either way, which " + what
                        + " can carry, and 5 % more",
                value,
                bound.negate(),
                bound,
                0);
    }

    private static long kw(BigDecimal mw) {
        return mw.min(MOST_MW).movePointRight(3).longValue();
    }
}
