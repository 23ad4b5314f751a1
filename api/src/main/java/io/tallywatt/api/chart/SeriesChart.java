package io.tallywatt.api.chart;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chart of a series' readings.
 *
 * @param from first instant, null for the first there is
 * @param to first instant that is no longer shown, null for all
 * @param every the steps that energy is summed into and means are taken over, null for readings as stored
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

    /** More than this nobody reads, and no browser likes as one page. */
    public static final int MOST_ROWS = 10_000;

    /** There are more points than can be drawn. */
    public static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany(String what) {
            this(MOST_POINTS, "one picture", what);
        }

        TooMany(int most, String where, String what) {
            super("more than " + most + " readings for " + where + ": take a shorter range" + what);
        }
    }

    /** Bars stand for amounts, which a mean is not. The message says what to ask for instead. */
    public static final class NoBars extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoBars(StoredSeries series) {
            super("line, as " + series.series() + " is in " + series.unit()
                    + ": bars are for what adds up, such as energy");
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /**
     * Asks for the readings.
     *
     * @param kind null for the one that suits the unit: bars for energy, a line in steps for means
     */
    public Chart draw(Answers answers, Chart.@Nullable Kind kind) {
        Chart.Kind drawn = kind(kind);
        if (every == null) {
            try (Stream<Reading> readings = answers.readings(series, from, to, asOf)) {
                return chart(drawn, points(readings.map(Point::of)));
            }
        }
        try (Stream<Bucket> steps = answers.readings(series, from, to, every, asOf)) {
            return chart(drawn, points(steps.map(Point::of)));
        }
    }

    /** How readings are written into the cells of a table: start, end, value, quality and more. */
    public interface Cells {
        /** @param steps whether it is of steps, or of readings as stored */
        List<String> header(boolean steps);

        List<String> cells(Reading reading);

        List<String> cells(Bucket step);
    }

    /**
     * A chart with its readings as a table.
     *
     * @param range in words
     * @param rows cells, one row for each point of the chart
     */
    public record Tabled(Chart chart, String range, List<String> header, List<List<String>> rows) {}

    /** The same with the readings as a table, which many would be too many for. */
    public Tabled tabled(Answers answers, Chart.@Nullable Kind kind, Cells shape) {
        Chart.Kind drawn = kind(kind);
        List<Point> points = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        if (every == null) {
            try (Stream<Reading> readings = answers.readings(series, from, to, asOf)) {
                for (Reading reading : (Iterable<Reading>) readings::iterator) {
                    checkRoom(points);
                    points.add(Point.of(reading));
                    rows.add(shape.cells(reading));
                }
            }
        } else {
            try (Stream<Bucket> steps = answers.readings(series, from, to, every, asOf)) {
                for (Bucket step : (Iterable<Bucket>) steps::iterator) {
                    checkRoom(points);
                    points.add(Point.of(step));
                    rows.add(shape.cells(step));
                }
            }
        }
        Chart chart = chart(drawn, points);
        return new Tabled(chart, Words.range(chart.range(), chart.zone()), shape.header(every != null), rows);
    }

    private static void checkRoom(List<Point> points) {
        if (points.size() == MOST_ROWS) {
            throw new TooMany(MOST_ROWS, "one page", ", or sum them into (longer) steps");
        }
    }

    private Chart.Kind kind(Chart.@Nullable Kind kind) {
        boolean sums = Units.addsUp(series.unit());
        if (kind == Chart.Kind.BAR && !sums) {
            throw new NoBars(series);
        }
        return kind == null ? sums ? Chart.Kind.BAR : Chart.Kind.LINE : kind;
    }

    private Chart chart(Chart.Kind kind, List<Point> points) {
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
                + series.quantity().substring(1) + " of " + name.substring(0, name.indexOf('/')) + " " + series.key()
                + (series.channel() == null ? "" : " (" + series.channel() + ")");
    }

    private String words() {
        String step = switch (every) {
            case null -> "";
            case Every.Step s -> per() + s.resolution();
            case Every.Day d -> per() + "day";
            case Every.Month m -> per() + "month";
        };
        return asOf == null ? step : step + (step.isEmpty() ? "" : ", ") + "as of " + asOf;
    }

    private String per() {
        return Units.addsUp(series.unit()) ? "per " : "mean per ";
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
