package io.tallywatt.api.chart;

import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points that count, no more of them than can be seen: where there are more than pixels, the smallest and the greatest
 * of each step of time, so that no peak is lost.
 *
 * @param columns in order of time; none where nothing counts, so that what is missing stays a gap
 * @param step what was put together, such as "6 h", or null if nothing was
 */
record Sampled(List<Column> columns, @Nullable String step) {
    /**
     * @param interval inside the range of the chart
     * @param estimated whether any value in it is estimated or substituted
     * @param partial whether any value in it is known in part only
     */
    record Column(Interval interval, BigDecimal min, BigDecimal max, boolean estimated, boolean partial) {}

    /**
     * Steps that divide a day, then whole days. Not half a day: nights and days would alternate from pixel to pixel, and
     * the eye would see a third value between them.
     */
    private static final List<Integer> STEPS = List.of(
            1,
            5,
            10,
            30,
            60,
            120,
            300,
            600,
            900,
            1800,
            3600,
            7200,
            10_800,
            14_400,
            21_600,
            86_400,
            172_800,
            604_800,
            1_209_600,
            2_419_200,
            7_862_400,
            31_449_600);

    /** @param most how many columns can be told apart: about one per pixel */
    static Sampled of(List<Point> points, Interval range, ZoneId zone, double most) {
        List<Column> exact = new ArrayList<>();
        for (Point point : points) {
            @Nullable BigDecimal value = point.counted();
            @Nullable Interval inside = clip(point.interval(), range);
            if (value != null && inside != null) {
                exact.add(new Column(inside, value, value, point.quality() != Quality.ACTUAL, point.partial()));
            }
        }
        if (exact.size() <= most) {
            return new Sampled(List.copyOf(exact), null);
        }
        double least = range.duration().toSeconds() / most;
        int step = STEPS.stream().filter(s -> s >= least).findFirst().orElse(STEPS.getLast());
        return new Sampled(together(exact, range, zone, step), Words.step(step));
    }

    private static List<Column> together(List<Column> exact, Interval range, ZoneId zone, int step) {
        List<Column> columns = new ArrayList<>();
        @Nullable Column open = null;
        for (Column column : exact) {
            // A value that is longer than the step is in each column that it covers.
            Instant from = column.interval().start();
            while (from.isBefore(column.interval().end())) {
                if (open == null || !from.isBefore(open.interval().end())) {
                    if (open != null) {
                        columns.add(open);
                    }
                    @Nullable Interval inside = clip(around(from, range, zone, step), range);
                    open = new Column(
                            inside == null ? column.interval() : inside,
                            column.min(),
                            column.max(),
                            column.estimated(),
                            column.partial());
                } else {
                    open = new Column(
                            open.interval(),
                            open.min().min(column.min()),
                            open.max().max(column.max()),
                            open.estimated() || column.estimated(),
                            open.partial() || column.partial());
                }
                from = open.interval().end();
            }
        }
        if (open != null) {
            columns.add(open);
        }
        return List.copyOf(columns);
    }

    private static Interval around(Instant instant, Interval range, ZoneId zone, int step) {
        if (step < Resolution.DAY_SECONDS) {
            return new Every.Step(new Resolution(step)).around(instant, zone);
        }
        Interval day = new Every.Day().around(instant, zone);
        int days = step / Resolution.DAY_SECONDS;
        LocalDate first = range.start().atZone(zone).toLocalDate();
        long number = Math.floorDiv(day.start().atZone(zone).toLocalDate().toEpochDay() - first.toEpochDay(), days);
        return new Interval(
                new DeliveryDay(first.plusDays(number * days), zone).start(),
                new DeliveryDay(first.plusDays((number + 1) * days), zone).start());
    }

    /** The stretches of the range without any value, not even an invalid one; what touches is one. */
    static List<Interval> gaps(List<Point> points, Interval range) {
        List<Interval> gaps = new ArrayList<>();
        Instant known = range.start();
        for (Point point : points) {
            @Nullable Interval inside = clip(point.interval(), range);
            if (inside != null && point.value() != null) {
                if (known.isBefore(inside.start())) {
                    gaps.add(new Interval(known, inside.start()));
                }
                known = inside.end();
            }
        }
        if (known.isBefore(range.end())) {
            gaps.add(new Interval(known, range.end()));
        }
        return List.copyOf(gaps);
    }

    static @Nullable Interval clip(Interval interval, Interval range) {
        Instant start = interval.start().isAfter(range.start()) ? interval.start() : range.start();
        Instant end = interval.end().isBefore(range.end()) ? interval.end() : range.end();
        return start.isBefore(end) ? new Interval(start, end) : null;
    }
}
