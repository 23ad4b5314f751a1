package io.tallywatt.api.chart;

import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a picture shows.
 *
 * @param title what is shown, without the unit, which is written after it
 * @param subtitle more words, such as "per day" or "as of ..."; may be empty. The range, the zone, the origin and what the
 *     drawing did to the data are written beside it in any case
 * @param origin where the data is from if not measured ("simulated", "recorded 12 Feb 2024"), or null
 * @param unit of all values
 * @param zone whose midnights and hours the time axis has
 * @param range the whole time axis; points outside are left out, time without a point is shown as missing
 * @param points in order of time, not overlapping
 */
public record Chart(
        String title,
        String subtitle,
        @Nullable String origin,
        String unit,
        ZoneId zone,
        Interval range,
        Kind kind,
        Ink ink,
        List<Point> points)
        implements Graphic {
    /** How values are drawn. */
    public enum Kind {
        /** From zero; for amounts, such as energy. */
        BAR,
        /** A line in steps, level over each interval; for averages, such as power, flow and price. */
        LINE
    }

    public Chart {
        points = List.copyOf(points);
        Instant end = Instant.MIN;
        for (Point point : points) {
            if (point.interval().start().isBefore(end)) {
                throw new IllegalArgumentException("The points of a chart are in order of time and do not overlap, but "
                        + point.interval() + " starts before " + end);
            }
            end = point.interval().end();
        }
    }
}
