package io.tallywatt.api.chart;

import io.tallywatt.core.grid.BiddingZone;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.Flows;
import io.tallywatt.core.query.ReadingSearch;
import io.tallywatt.core.query.SeriesReading;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chart of what flows: across all borders, or through the cables of one.
 *
 * <p>A border is the sum of its cables where all that are in service are known of one and the same interval; where they are not, it
 * is what the platform of all grids says of the border.
 *
 * @param border null for all
 * @param origin where the data is from if it is not what is measured now, or null
 */
public record FlowChart(
        Grid grid,
        @Nullable Border border,
        Instant from,
        Instant to,
        @Nullable String origin) {

    /** @throws SeriesChart.TooMany if there is more than a picture can show */
    public Stack draw(Flows flows) {
        ReadingSearch search = new ReadingSearch(new Moment.At(from), new Moment.At(to), null);
        List<SeriesReading> readings = flows.page(border, search, SeriesChart.MOST_POINTS + 1);
        if (readings.size() > SeriesChart.MOST_POINTS) {
            throw new SeriesChart.TooMany("");
        }
        Map<Series, List<SeriesReading>> bySeries = new HashMap<>();
        readings.forEach(reading -> bySeries.computeIfAbsent(reading.series(), s -> new ArrayList<>())
                .add(reading));
        List<Stack.Part> parts = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        if (border == null) {
            for (Border each : grid.borders()) {
                add(name(each.from()), whole(each, bySeries), parts, unknown);
            }
        } else {
            for (Cable cable : grid.cables(border)) {
                add(cable.name(), points(bySeries.getOrDefault(border.flow(cable), List.of())), parts, unknown);
            }
            if (grid.cables(border).isEmpty()) {
                add(name(border.from()), whole(border, bySeries), parts, unknown);
            }
        }
        List<Border> shown = border == null ? grid.borders() : List.of(border);
        boolean oneSide = shown.stream().map(Border::to).distinct().count() == 1;
        String to = name(shown.getFirst().to());
        return new Stack(
                border == null ? "Flows across borders" : "Flow of border " + border + " by cable",
                "",
                origin,
                shown.isEmpty() ? ZoneId.of("UTC") : grid.zoneOf(shown.getFirst()),
                new Interval(from, this.to),
                oneSide ? "into " + to : "from the first zone to the second",
                oneSide ? "out of " + to : "from the second zone to the first",
                parts,
                unknown);
    }

    private static void add(String name, List<Point> points, List<Stack.Part> parts, List<String> unknown) {
        if (points.stream().anyMatch(point -> point.counted() != null)) {
            parts.add(new Stack.Part(name, points));
        } else {
            unknown.add(name);
        }
    }

    private String name(String code) {
        return grid.zone(code).map(BiddingZone::name).orElse(code);
    }

    private static List<Point> points(List<SeriesReading> readings) {
        return readings.stream()
                .map(r -> new Point(r.interval(), r.value(), r.quality()))
                .toList();
    }

    private static final class Sum {
        BigDecimal mw = BigDecimal.ZERO;
        int cables;
        Quality worst = Quality.ACTUAL;
    }

    private List<Point> whole(Border each, Map<Series, List<SeriesReading>> bySeries) {
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
        List<Point> byCables = new ArrayList<>();
        sums.values()
                .forEach(at -> at.forEach((interval, sum) -> {
                    LocalDate date = LocalDate.ofInstant(interval.start(), zone);
                    boolean follows = byCables.isEmpty()
                            || !byCables.getLast().interval().end().isAfter(interval.start());
                    if (follows && sum.cables == grid.inService(each, date).size()) {
                        byCables.add(new Point(interval, sum.mw, sum.worst));
                    }
                }));
        return filled(byCables, points(bySeries.getOrDefault(each.flow(), List.of())));
    }

    /** What is known first, and where that says nothing, what is known besides: a mean over an interval is so over its parts. */
    private static List<Point> filled(List<Point> first, List<Point> besides) {
        List<Point> all = new ArrayList<>();
        int next = 0;
        for (Point whole : besides) {
            Instant at = whole.interval().start();
            Instant end = whole.interval().end();
            while (next < first.size() && first.get(next).interval().start().isBefore(end)) {
                Point known = first.get(next);
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

    private static Point part(Point whole, Instant from, Instant to) {
        return new Point(new Interval(from, to), whole.value(), whole.quality());
    }
}
