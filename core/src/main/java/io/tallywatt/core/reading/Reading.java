package io.tallywatt.core.reading;

import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value over an interval.
 *
 * @param interval when, in UTC
 * @param value how much, in the series' unit; null if and only if the quality is {@link Quality#MISSING}
 * @param quality how far to trust it
 */
public record Reading(Interval interval, @Nullable BigDecimal value, Quality quality) {
    public Reading {
        if ((value == null) != (quality == Quality.MISSING)) {
            throw new IllegalArgumentException("A reading has no value if and only if it is MISSING");
        }
    }
}
