package io.tallywatt.api.chart;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chart of a series' readings.
 *
 * @param from first instant, null for the first there is
 * @param to first instant that is no longer shown, null for all
 * @param every the steps that readings are summed into, null for readings as stored
 * @param asOf what was known then, null for now
 * @param origin where the data is from if not measured, or null
 */
public record SeriesChart(
        StoredSeries series,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Every every,
        @Nullable Instant asOf,
        @Nullable String origin) {
    /** More than this no picture can show, and they would take too much memory: 28 years of half-hours. */
    public static final int MOST_POINTS = 500_000;

    /** There are more points than can be drawn. */
    public static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany(String what) {
            super("more than " + MOST_POINTS + " readings for one picture: take a shorter range" + what);
        }
    }

    /** Asks for the readings. */
    public Chart draw(Answers answers, Chart.Kind kind) {
        List<Point> points;
        if (every == null) {
            try (Stream<Reading> readings = answers.readings(series, from, to, asOf)) {
                points = points(readings.map(Point::of));
            }
        } else {
            try (Stream<Bucket> steps = answers.readings(series, from, to, every, asOf)) {
                points = points(steps.map(Point::of));
            }
        }
        return new Chart(
                title(series.series()),
                words(),
                origin,
                series.unit(),
                series.zone(),
                range(points),
                kind,
                Ink.of(series.series()),
                points);
    }

    private static List<Point> points(Stream<Point> all) {
        List<Point> points = all.limit(MOST_POINTS + 1L).toList();
        if (points.size() > MOST_POINTS) {
            throw new TooMany(", or sum them into steps");
        }
        return points;
    }

    private static String title(Series series) {
        String name = series.toString();
        return Character.toUpperCase(series.quantity().charAt(0))
                + series.quantity().substring(1) + " of " + name.substring(0, name.indexOf('/')) + " " + series.key();
    }

    private String words() {
        String step = switch (every) {
            case null -> "";
            case Every.Step s -> "per " + s.resolution();
            case Every.Day d -> "per day";
            case Every.Month m -> "per month";
        };
        return asOf == null ? step : step + (step.isEmpty() ? "" : ", ") + "as of " + asOf;
    }

    /** Whole days where nobody set a border; whole steps, so that the first and the last are seen whole. */
    private Interval range(List<Point> points) {
        Instant start =
                from == null ? series.first().atStartOfDay(series.zone()).toInstant() : from;
        Instant end = to == null
                ? series.last().plusDays(1).atStartOfDay(series.zone()).toInstant()
                : to;
        if (!points.isEmpty() && points.getFirst().interval().start().isBefore(start)) {
            start = points.getFirst().interval().start();
        }
        if (!points.isEmpty() && points.getLast().interval().end().isAfter(end)) {
            end = points.getLast().interval().end();
        }
        return new Interval(start, end.isAfter(start) ? end : start.plusSeconds(1));
    }
}
