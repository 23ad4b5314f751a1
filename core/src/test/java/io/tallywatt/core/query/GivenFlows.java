package io.tallywatt.core.query;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.Taken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/** Flows and prices made up value by value, each set of them a delivery. */
public final class GivenFlows {
    private final BlockStore store;
    private final Grid grid;
    private final String name;
    private int documents;

    public GivenFlows(BlockStore store, Grid grid) {
        this(store, grid, "");
    }

    /** @param name of its documents, where there is another beside; each counts its own seconds of receipt */
    public GivenFlows(BlockStore store, Grid grid, String name) {
        this.store = store;
        this.grid = grid;
        this.name = name;
    }

    /**
     * What ENTSO-E says of a border.
     *
     * @param values by start, as {@link GivenSites#sent} has them
     */
    public GivenFlows border(String border, int seconds, Map<String, String> values) {
        Border b = Border.parse(border);
        return take(b.flow(), grid.zoneOf(b), "MW", seconds, values);
    }

    /** What Elexon says of a cable, by start, five minutes each. */
    public GivenFlows cable(String cable, Map<String, String> values) {
        Border b = grid.cable(cable).orElseThrow().border();
        return take(b.flow(grid.cable(cable).orElseThrow()), grid.zoneOf(b), "MW", 300, values);
    }

    public GivenFlows price(String zone, int seconds, Map<String, String> values) {
        return take(
                new Series("zone", zone, "price", null),
                grid.zone(zone).orElseThrow().zone(),
                "EUR/MWh",
                seconds,
                values);
    }

    /** Any series, day by day. */
    public GivenFlows take(Series series, ZoneId zone, String unit, int seconds, Map<String, String> values) {
        TreeMap<LocalDate, TreeMap<Instant, String>> days = new TreeMap<>();
        values.forEach((start, value) -> {
            Instant at = Instant.parse(start);
            days.computeIfAbsent(LocalDate.ofInstant(at, zone), d -> new TreeMap<>())
                    .put(at, value);
        });
        GivenDocument document = GivenDocument.of(name + series + " " + ++documents)
                .in(zone)
                .unit(unit)
                .receivedAt(Instant.ofEpochSecond(documents));
        days.forEach((date, day) -> {
            DayBlock block = GivenSites.sent(date, zone, seconds, day);
            document.with(series, block);
        });
        Taken taken = store.take(document);
        if (taken.delivery().counts().rejected() > 0) {
            throw new IllegalStateException("Not taken: " + taken);
        }
        return this;
    }
}
