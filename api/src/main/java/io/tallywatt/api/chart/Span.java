package io.tallywatt.api.chart;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the smallest to the greatest of some values. */
record Span(BigDecimal low, BigDecimal high) {
    /** Of what is drawn as values; of the invalid ones only where there is nothing else. Null where there is neither. */
    static @Nullable Span of(List<Point> points) {
        @Nullable Span counted = null;
        @Nullable Span invalid = null;
        for (Point point : points) {
            @Nullable BigDecimal value = point.value();
            if (value != null && point.quality().counts()) {
                counted = with(counted, value);
            } else if (value != null) {
                invalid = with(invalid, value);
            }
        }
        return counted != null ? counted : invalid;
    }

    private static Span with(@Nullable Span span, BigDecimal value) {
        if (span == null) {
            return new Span(value, value);
        }
        return value.compareTo(span.low) < 0
                ? new Span(value, span.high)
                : value.compareTo(span.high) > 0 ? new Span(span.low, value) : span;
    }

    Span withZero() {
        return new Span(low.min(BigDecimal.ZERO), high.max(BigDecimal.ZERO));
    }

    BigDecimal length() {
        return high.subtract(low);
    }
}
