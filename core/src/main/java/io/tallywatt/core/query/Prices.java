package io.tallywatt.core.query;

import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.StandingBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a MWh costs in each zone ({@code zone/FR/price}), interval by interval, in the unit that the series came with. */
public final class Prices {
    private static final String PREFIX = "zone/";
    private static final String PRICE = "price";

    private final BlockStore blocks;
    private final Following following;
    private final Grid grid;

    public Prices(BlockStore blocks, Following following, Grid grid) {
        this.blocks = blocks;
        this.following = following;
        this.grid = grid;
    }

    /** Codes of the zones that may be asked about, whether or not a price of them is known. */
    public List<String> zones() {
        return grid.priced();
    }

    /**
     * The first few prices that are asked for, by start and then by zone.
     *
     * @param zone code of one of {@link #zones}, null for all of them
     */
    public List<SeriesReading> page(@Nullable String zone, ReadingSearch search, int limit) {
        String prefix = zone == null ? PREFIX : price(zone).toString();
        List<String> zones = zone == null ? grid.priced() : List.of(zone);
        return first(
                new ReadingWalk(
                        blocks,
                        following,
                        prefix,
                        b -> isPrice(b) && zones.contains(b.series().key()),
                        search),
                limit);
    }

    static List<SeriesReading> first(Iterator<SeriesReading> walk, int limit) {
        List<SeriesReading> page = new ArrayList<>();
        while (page.size() < limit && walk.hasNext()) {
            page.add(walk.next());
        }
        return page;
    }

    private static boolean isPrice(StandingBlock standing) {
        return standing.series().equals(price(standing.series().key())) && Units.holdsThroughout(standing.unit());
    }

    private static Series price(String zone) {
        return new Series("zone", zone, PRICE, null);
    }
}
