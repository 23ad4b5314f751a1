package io.tallywatt.core.query;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What flowed across borders, or through the cables of one, as a line each.
 *
 * <p>A border is the sum of its cables where all that are in service are known of one and the same interval; where they are not, it
 * is what the platform of all grids says of the border.
 *
 * @param border null for all
 * @param from inclusive
 * @param to exclusive
 */
public record FlowLines(Grid grid, @Nullable Border border, Instant from, Instant to, List<Line> lines) {
    /**
     * One border or cable.
     *
     * @param border whose it is
     * @param cable null where it is the border as a whole
     * @param readings MW, by time; what is not known is absent
     */
    public record Line(Border border, @Nullable Cable cable, List<Reading> readings) {}

    /** There are more readings than can be held at once. */
    public static final class TooMany extends Exception {
        private static final long serialVersionUID = 1L;

        TooMany(int most) {
            super("more than " + most + " readings", null, false, false);
        }
    }

    /** @throws TooMany if there are more readings than {@code most} */
    public static FlowLines read(Flows flows, Grid grid, @Nullable Border border, Instant from, Instant to, int most)
            throws TooMany {
        ReadingSearch search = new ReadingSearch(new Moment.At(from), new Moment.At(to), null);
        List<SeriesReading> readings = flows.page(border, search, most + 1);
        if (readings.size() > most) {
            throw new TooMany(most);
        }
        Map<Series, List<SeriesReading>> bySeries = new HashMap<>();
        readings.forEach(reading -> bySeries.computeIfAbsent(reading.series(), s -> new ArrayList<>())
                .add(reading));
        List<Line> lines = new ArrayList<>();
        if (border == null || grid.cables(border).isEmpty()) {
            for (Border each : border == null ? grid.borders() : List.of(border)) {
                lines.add(new Line(each, null, whole(grid, each, bySeries)));
            }
        } else {
            for (Cable cable : grid.cables(border)) {
                lines.add(new Line(border, cable, plain(bySeries.getOrDefault(border.flow(cable), List.of()))));
            }
        }
        return new FlowLines(grid, border, from, to, List.copyOf(lines));
    }

    private static List<Reading> plain(List<SeriesReading> readings) {
        return readings.stream()
                .map(r -> new Reading(r.interval(), r.value(), r.quality()))
                .toList();
    }

    private static final class Sum {
        BigDecimal mw = BigDecimal.ZERO;
        int cables;
        Quality worst = Quality.ACTUAL;
    }

    private static List<Reading> whole(Grid grid, Border each, Map<Series, List<SeriesReading>> bySeries) {
        ZoneId zone = grid.zoneOf(each);
        TreeMap<Instant, Map<Interval, Sum>> sums = new TreeMap<>();
        for (Cable cable : grid.cables(each)) {
            for (SeriesReading reading : bySeries.getOrDefault(each.flow(cable), List.of())) {
                if (reading.quality().counts()) {
                    Sum sum = sums.computeIfAbsent(reading.interval().start(), s -> new HashMap<>())
                            .computeIfAbsent(reading.interval(), i -> new Sum());
                    sum.mw = sum.mw.add(reading.value());
                    sum.cables++;
                    sum.worst = reading.quality().compareTo(sum.worst) > 0 ? reading.quality() : sum.worst;
                }
            }
        }
        List<Reading> byCables = new ArrayList<>();
        sums.values()
                .forEach(at -> at.forEach((interval, sum) -> {
                    LocalDate date = LocalDate.ofInstant(interval.start(), zone);
                    boolean follows = byCables.isEmpty()
                            || !byCables.getLast().interval().end().isAfter(interval.start());
                    if (follows && sum.cables == grid.inService(each, date).size()) {
                        byCables.add(new Reading(interval, sum.mw, sum.worst));
                    }
                }));
        return filled(byCables, plain(bySeries.getOrDefault(each.flow(), List.of())));
    }

    /** What is known first, and where that says nothing, what is known besides: a mean over an interval is so over its parts. */
    private static List<Reading> filled(List<Reading> first, List<Reading> besides) {
        List<Reading> all = new ArrayList<>();
        int next = 0;
        for (Reading whole : besides) {
            Instant at = whole.interval().start();
            Instant end = whole.interval().end();
            while (next < first.size() && first.get(next).interval().start().isBefore(end)) {
                Reading known = first.get(next);
                if (at.isBefore(known.interval().start())) {
                    all.add(part(whole, at, known.interval().start()));
                }
                all.add(known);
                at = known.interval().end().isAfter(at) ? known.interval().end() : at;
                next++;
            }
            if (at.isBefore(end)) {
                all.add(part(whole, at, end));
            }
        }
        all.addAll(first.subList(next, first.size()));
        return all;
    }

    private static Reading part(Reading whole, Instant from, Instant to) {
        return new Reading(new Interval(from, to), whole.value(), whole.quality());
    }

    /**
     * Means over steps.
     *
     * @param every the steps
     * @param lines in the order of {@link FlowLines#lines}: for each step its mean, null where less than half of it is known
     * @param net the sum of all lines where each is known, else null
     */
    public record Steps(List<Interval> every, List<List<@Nullable BigDecimal>> lines, List<@Nullable BigDecimal> net) {}

    /** The means over steps, from the first instant that is asked for to the last. */
    public Steps steps(Every every, ZoneId zone) {
        List<Interval> steps = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = steps.getLast().end()) {
            Interval step = every.around(at, zone);
            steps.add(new Interval(
                    step.start().isBefore(from) ? from : step.start(),
                    step.end().isAfter(to) ? to : step.end()));
        }
        List<List<@Nullable BigDecimal>> all =
                lines.stream().map(line -> means(line.readings(), steps)).toList();
        List<@Nullable BigDecimal> net = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            net.add(sum(all, i));
        }
        return new Steps(List.copyOf(steps), all, net);
    }

    /** Null where any line is not known, or there is none. */
    private static @Nullable BigDecimal sum(List<List<@Nullable BigDecimal>> lines, int step) {
        @Nullable BigDecimal sum = lines.isEmpty() ? null : BigDecimal.ZERO;
        for (List<@Nullable BigDecimal> line : lines) {
            BigDecimal part = line.get(step);
            sum = sum == null || part == null ? null : sum.add(part);
        }
        return sum;
    }

    private static List<@Nullable BigDecimal> means(List<Reading> readings, List<Interval> steps) {
        List<@Nullable BigDecimal> means = new ArrayList<>();
        int next = 0;
        for (Interval step : steps) {
            while (next < readings.size()
                    && !readings.get(next).interval().end().isAfter(step.start())) {
                next++;
            }
            BigDecimal sum = BigDecimal.ZERO;
            long covered = 0;
            for (int i = next;
                    i < readings.size() && readings.get(i).interval().start().isBefore(step.end());
                    i++) {
                Reading reading = readings.get(i);
                if (reading.quality().counts()) {
                    Instant start = later(reading.interval().start(), step.start());
                    Instant end = earlier(reading.interval().end(), step.end());
                    long seconds = Duration.between(start, end).toSeconds();
                    sum = sum.add(Objects.requireNonNull(reading.value()).multiply(BigDecimal.valueOf(seconds)));
                    covered += seconds;
                }
            }
            means.add(
                    covered == 0 || 2 * covered < step.duration().toSeconds()
                            ? null
                            : sum.divide(BigDecimal.valueOf(covered), Scaled.MAX_SCALE, RoundingMode.HALF_EVEN));
        }
        return means;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
