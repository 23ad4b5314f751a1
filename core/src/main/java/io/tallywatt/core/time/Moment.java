package io.tallywatt.core.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Where a range begins or ends: a date, which has its instants only in some zone, or an instant. */
public sealed interface Moment {
    /** No clock on earth is ahead of this one, or behind the other. */
    ZoneId EASTERNMOST = ZoneOffset.ofHours(14);

    ZoneId WESTERNMOST = ZoneOffset.ofHours(-12);

    record OnDate(LocalDate date) implements Moment {}

    record At(Instant instant) implements Moment {}

    default Instant in(ZoneId zone) {
        return switch (this) {
            case OnDate day -> day.date().atStartOfDay(zone).toInstant();
            case At at -> at.instant();
        };
    }
}
