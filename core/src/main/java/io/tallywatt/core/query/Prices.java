package io.tallywatt.core.query;

import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.StoredSeries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
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
        List<StoredSeries> wanted;
        try (Stream<StoredSeries> all = blocks.series(PREFIX)) {
            wanted = all.filter(
                            s -> isPrice(s) && (zone == null ? grid.priced().contains(zone(s)) : zone(s).equals(zone)))
                    .toList();
        }
        String prefix = zone == null ? PREFIX : price(zone).toString();
        return first(new ReadingWalk(following, prefix, wanted, search), limit);
    }

    static List<SeriesReading> first(Iterator<SeriesReading> walk, int limit) {
        List<SeriesReading> page = new ArrayList<>();
        while (page.size() < limit && walk.hasNext()) {
            page.add(walk.next());
        }
        return page;
    }

    private static boolean isPrice(StoredSeries stored) {
        return stored.series().equals(price(zone(stored))) && Units.holdsThroughout(stored.unit());
    }

    private static String zone(StoredSeries stored) {
        return stored.series().key();
    }

    private static Series price(String zone) {
        return new Series("zone", zone, PRICE, null);
    }
}
