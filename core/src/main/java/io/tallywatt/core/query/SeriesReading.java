package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;

/**
 * A value of one series among those of others. What is MISSING is none.
 *
 * @param zone of the series' days
 * @param unit of the value
 * @param quality INVALID is as it was reported, and not to be believed
 */
public record SeriesReading(
        Series series, ZoneId zone, String unit, Interval interval, BigDecimal value, Quality quality) {

    public Position position() {
        return new Position(interval.start(), series.toString());
    }

    /** Where a reading stands among those of several series: by start, then by series. */
    public record Position(Instant start, String series) implements Comparable<Position> {
        private static final Comparator<Position> ORDER =
                Comparator.comparing(Position::start).thenComparing(Position::series);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }
}
