package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What something made against what it used, over time: two lines in steps on one axis.
 *
 * @param subtitle more words, may be empty; range, zone and origin are written beside it in any case
 * @param origin where the data is from if not measured, or null
 * @param range the whole time axis
 * @param generation in order of time, not overlapping; a point that is INVALID is not part of the line
 * @param consumption likewise
 * @param flags what is not as it should be
 */
public record Balance(
        String title,
        String subtitle,
        @Nullable String origin,
        ZoneId zone,
        Interval range,
        List<Point> generation,
        List<Point> consumption,
        List<Flag> flags)
        implements Graphic {

    /** Something that is not as it should be. */
    public enum Shape {
        /** A value that matters much. */
        FILLED,
        /** One that matters less. */
        OUTLINED,
        /** A stretch that stands still. */
        RUN
    }

    /**
     * An anomaly at its place.
     *
     * @param rule in a word or two
     * @param value that was seen
     * @param expected the nearest value that would have been as it should, null where none is known
     * @param words what was seen and what was expected: "26.4, usual 12 to 14"
     */
    public record Flag(
            Shape shape,
            Interval interval,
            String rule,
            BigDecimal value,
            @Nullable BigDecimal expected,
            String words) {}

    public Balance {
        generation = List.copyOf(generation);
        consumption = List.copyOf(consumption);
        flags = List.copyOf(flags);
    }

    @Override
    public String unit() {
        return "kWh";
    }

    /** Of what is drawn, with zero; an anomaly stretches it a little, but what is far off is drawn at its edge. */
    @Nullable
    Span span() {
        @Nullable Span all = both(Span.of(generation), Span.of(consumption));
        if (all == null) {
            return null;
        }
        Span span = all.withZero();
        BigDecimal least = span.low().subtract(span.length().multiply(new BigDecimal("0.2")));
        BigDecimal most = span.high().add(span.length().multiply(new BigDecimal("0.5")));
        for (Flag flag : flags) {
            if (flag.value().compareTo(least) >= 0 && flag.value().compareTo(most) <= 0) {
                span = new Span(span.low().min(flag.value()), span.high().max(flag.value()));
            }
        }
        return span;
    }

    private static @Nullable Span both(@Nullable Span a, @Nullable Span b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new Span(a.low().min(b.low()), a.high().max(b.high()));
    }
}
