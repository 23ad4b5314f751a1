package io.tallywatt.api.chart;

import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value over an interval.
 *
 * @param value null if and only if the quality is {@link Quality#MISSING}
 * @param partial whether the value is known for a part of the interval only, so that the whole may be more
 */
public record Point(Interval interval, @Nullable BigDecimal value, Quality quality, boolean partial) {
    public Point {
        if ((value == null) != (quality == Quality.MISSING)) {
            throw new IllegalArgumentException("A point has no value if and only if it is MISSING");
        }
    }

    public Point(Interval interval, @Nullable BigDecimal value, Quality quality) {
        this(interval, value, quality, false);
    }

    public static Point of(Reading reading) {
        return new Point(reading.interval(), reading.value(), reading.quality());
    }

    public static Point of(Bucket bucket) {
        return new Point(
                bucket.interval(), bucket.value(), bucket.quality(), bucket.value() != null && bucket.missing() > 0);
    }

    /** The value if it can be trusted enough to be drawn as one: neither missing nor invalid. */
    public @Nullable BigDecimal counted() {
        return quality.counts() ? value : null;
    }
}
