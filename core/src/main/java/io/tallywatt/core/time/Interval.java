package io.tallywatt.core.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A half-open stretch of time {@code [start, end)} in UTC.
 *
 * @param start first instant inside
 * @param end first instant after; later than {@code start}
 */
public record Interval(Instant start, Instant end) {
    public Interval {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "An interval ends after it starts, but got [" + start + ", " + end + ")");
        }
    }

    public Duration duration() {
        return Duration.between(start, end);
    }
}
