package io.tallywatt.api.chart;

import io.tallywatt.core.query.DayCount;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many anomalies there are from day to day, by rule.
 *
 * @param notes whatever has to be said beside range and origin, in short pieces
 * @param origin where the data is from if not measured, or null
 * @param zone whose dates they are, null where they are of several
 * @param first date that is shown
 * @param end first date that no longer is
 * @param days by date
 */
public record Trend(
        String title,
        List<String> notes,
        @Nullable String origin,
        @Nullable ZoneId zone,
        LocalDate first,
        LocalDate end,
        List<DayCount> days)
        implements Graphic {
    public Trend {
        notes = List.copyOf(notes);
        days = List.copyOf(days);
        if (!first.isBefore(end)) {
            throw new IllegalArgumentException("A trend ends after it begins, but got " + first + " to " + end);
        }
    }

    @Override
    public String unit() {
        return "count";
    }
}
