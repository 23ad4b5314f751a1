package io.tallywatt.core.format.text;

import io.tallywatt.core.time.DayCalendar;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The calendar used last, kept: thousands of small files of one zone follow each other. */
final class Calendars {
    private static volatile @Nullable DayCalendar last;

    private Calendars() {}

    static DayCalendar of(ZoneId zone) {
        DayCalendar known = last;
        if (known != null && known.zone().equals(zone)) {
            return known;
        }
        DayCalendar made = new DayCalendar(zone);
        last = made;
        return made;
    }
}
