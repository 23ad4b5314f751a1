package io.tallywatt.core.validate;

import io.tallywatt.core.grid.Cable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One source has values of a stretch of which the other has none, although it had some before.
 *
 * <p>Not of what may simply not be published yet: ENTSO-E has two hours for a flow and is given a third, Elexon publishes within
 * minutes and is given half an hour. A gap of ENTSO-E is told from an hour on, one of a cable of Elexon from half an hour
 * on, of what the other source knows meanwhile: where neither has anything there is nothing to compare. A gap that is still open grows
 * by whole hours, so that it is not said again with every reading of the other source; what comes late closes it, and it is
 * resolved. Nothing is said of a source that had nothing before either: it may not cover the border.
 *
 * <p>Of a cable out of service nothing is missed. Confidence: 75 % where half of the stretch is known by the other source, 99 % where all of it is.
 */
final class SourceGapRule {
    private static final long PLATFORM_LATE = Duration.ofHours(3).toSeconds();
    private static final long CABLES_LATE = Duration.ofMinutes(30).toSeconds();
    private static final long PLATFORM_LEAST = Duration.ofHours(1).toSeconds();
    private static final long CABLES_LEAST = Duration.ofMinutes(30).toSeconds();
    private static final long WARNING_FROM = Duration.ofHours(6).toSeconds();
    private static final long STEP = Duration.ofMinutes(5).toSeconds();
    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private SourceGapRule() {}

    /**
     * How far is looked.
     *
     * @param to end of what was read; where that is before {@code now}, a gap that nothing closes is not told: what comes
     *     behind it was not read, or is just being fetched
     */
    record Sight(long to, long now) {}

    /** Looks at what the platform has not. */
    static void lookAtPlatform(BorderLines lines, Sight sight, Said said) {
        new Search(lines.platform, sight, PLATFORM_LATE, PLATFORM_LEAST, lines::cables) {
            @Override
            void tell(long from, long to, Severity severity, int percent, BigDecimal mean) {
                String each = lines.each(from, to);
                said.found(
                        RuleName.SOURCE_GAP,
                        from,
                        to,
                        severity,
                        percent,
                        "nothing from " + BorderLines.PLATFORM + " for " + Words.time(to - from),
                        "a flow within two hours of its interval: " + BorderLines.CABLES + "'s cables have "
                                + BorderLines.mw(mean) + " on average" + (each.isEmpty() ? "" : " (" + each + ")"),
                        null,
                        null,
                        null,
                        0);
            }
        }.look();
    }

    /** Looks at what is missing of one cable. */
    static void lookAtCable(BorderLines lines, Cable cable, Sight sight, Said said) {
        @Nullable FlowLine line = lines.cable(cable.name());
        if (line == null) {
            return;
        }
        BiFunction<Long, Long, @Nullable BigDecimal> other =
                (from, to) -> cable.capacityMw(lines.date(from)).isEmpty() ? null : lines.platform.mean(from, to);
        new Search(line, sight, CABLES_LATE, CABLES_LEAST, other) {
            @Override
            void tell(long from, long to, Severity severity, int percent, BigDecimal mean) {
                said.found(
                        RuleName.SOURCE_GAP,
                        from,
                        to,
                        severity,
                        percent,
                        "nothing of " + cable.name() + " from " + BorderLines.CABLES + " for " + Words.time(to - from),
                        "a flow every 5 min: " + BorderLines.PLATFORM + " has " + BorderLines.mw(mean)
                                + " on average for all of " + lines.border,
                        null,
                        null,
                        null,
                        0);
            }
        }.look();
    }

    /** Looks for gaps of one line where another knows something. */
    private abstract static class Search {
        private final FlowLine line;
        private final long until;
        private final boolean tails;
        private final long least;
        private final BiFunction<Long, Long, @Nullable BigDecimal> other;

        Search(FlowLine line, Sight sight, long late, long least, BiFunction<Long, Long, @Nullable BigDecimal> other) {
            this.line = line;
            this.until = Math.min(sight.to(), sight.now() - late);
            this.tails = sight.to() >= sight.now();
            this.least = least;
            this.other = other;
        }

        abstract void tell(long from, long to, Severity severity, int percent, BigDecimal mean);

        void look() {
            for (long[] gap : line.gaps(until)) {
                boolean open = gap[0] == line.lastEnd();
                if (!open || tails) {
                    look(gap[0], gap[1], open);
                }
            }
        }

        private void look(long from, long to, boolean open) {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            long known = 0;
            BigDecimal sum = BigDecimal.ZERO;
            for (long at = from; at < to; at += STEP) {
                long end = Math.min(to, at + STEP);
                @Nullable BigDecimal mean = other.apply(at, end);
                if (mean != null) {
                    first = Math.min(first, at);
                    last = end;
                    known += end - at;
                    sum = sum.add(mean.multiply(BigDecimal.valueOf(end - at)));
                }
            }
            if (open) {
                last = Math.min(last, last / HOUR * HOUR);
            }
            if (known < least || last - first < least) {
                return;
            }
            int percent = (int) Math.min(99, 50 + 50 * Math.min(known, last - first) / (last - first));
            BigDecimal mean = sum.divide(BigDecimal.valueOf(known), 1, RoundingMode.HALF_EVEN);
            tell(first, last, last - first >= WARNING_FROM ? Severity.WARNING : Severity.INFO, percent, mean);
        }
    }
}
