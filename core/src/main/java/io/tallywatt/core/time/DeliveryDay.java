package io.tallywatt.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A local date in a zone: from its first instant to that of the next date. It is 24 hours mostly, 23 or 25 at a clock
 * change, something else in a few zones (Lord Howe changes by half an hour, Samoa skipped 2011-12-30 whole).
 */
public record DeliveryDay(LocalDate date, ZoneId zone) {
    public Instant start() {
        return date.atStartOfDay(zone).toInstant();
    }

    public Instant end() {
        return date.plusDays(1).atStartOfDay(zone).toInstant();
    }

    public Duration length() {
        return Duration.between(start(), end());
    }

    /**
     * How many intervals of a resolution the day has: 46, 48 or 50 half-hours, say.
     *
     * @throws IllegalArgumentException if that is no whole number: such a resolution does not fit the day
     */
    public int intervals(Resolution resolution) {
        if (resolution.isDay()) {
            return 1;
        }
        long seconds = length().toSeconds();
        if (seconds % resolution.seconds() != 0) {
            throw new IllegalArgumentException(
                    "The day " + date + " in " + zone + " lasts " + length() + ", not a whole number of " + resolution);
        }
        return Math.toIntExact(seconds / resolution.seconds());
    }
}
