package io.tallywatt.api.chart;

import io.tallywatt.core.grid.BiddingZone;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.FlowLines;
import io.tallywatt.core.query.Flows;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chart of what flows: across all borders, or through the cables of one.
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
        FlowLines known;
        try {
            known = FlowLines.read(flows, grid, border, from, to, SeriesChart.MOST_POINTS);
        } catch (FlowLines.TooMany e) {
            throw new SeriesChart.TooMany("");
        }
        List<Stack.Part> parts = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (FlowLines.Line line : known.lines()) {
            Cable cable = line.cable();
            add(cable == null ? name(line.border().from()) : cable.name(), points(line.readings()), parts, unknown);
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

    private static List<Point> points(List<Reading> readings) {
        return readings.stream()
                .map(r -> new Point(r.interval(), r.value(), r.quality()))
                .toList();
    }
}
