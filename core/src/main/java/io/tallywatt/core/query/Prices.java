package io.tallywatt.core.query;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.StandingBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a MWh costs in each zone, interval by interval, in the unit that the series came with: of the day-ahead auction
 * ({@code zone/FR/price}), and where one is published, of the system, who pays it to those who made more than they sold and
 * asks it of those who used more than they bought ({@code zone/GB/price/system}).
 */
public final class Prices {
    private static final String ZONE = "zone";
    private static final String PREFIX = ZONE + "/";
    private static final String SYSTEM = "system";
    private static final String PRICE = "price";

    private final BlockStore blocks;
    private final Following following;
    private final Grid grid;

    public Prices(BlockStore blocks, Following following, Grid grid) {
        this.blocks = blocks;
        this.following = following;
        this.grid = grid;
    }

    /** Codes of the zones that may be asked about, whether or not a price of them is known: also those that borders lead to. */
    public List<String> zones() {
        return Stream.concat(grid.borders().stream().map(Border::to), grid.priced().stream())
                .distinct()
                .toList();
    }

    /** Of which market a price is. */
    public static String market(Series price) {
        return SYSTEM.equals(price.channel()) ? SYSTEM : "day-ahead";
    }

    /**
     * The first few prices that are asked for, by start and then by zone.
     *
     * @param zone code of one of {@link #zones}, null for all of them
     */
    public List<SeriesReading> page(@Nullable String zone, ReadingSearch search, int limit) {
        String prefix = zone == null ? PREFIX : PREFIX + zone + "/";
        List<String> zones = zone == null ? zones() : List.of(zone);
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
        Series series = standing.series();
        return series.kind().equals(ZONE)
                && series.quantity().equals(PRICE)
                && (series.channel() == null || SYSTEM.equals(series.channel()))
                && Units.holdsThroughout(standing.unit());
    }
}
