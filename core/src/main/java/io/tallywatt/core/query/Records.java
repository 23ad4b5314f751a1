package io.tallywatt.core.query;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Stretches;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sites made and used, interval by interval: {@code site/KEY/generation} beside {@code site/KEY/consumption}. Nothing of
 * it is stored: the two series are, and a record is made where it is asked for. Intervals are as they were sent. Where both
 * series have the very same one, they are one record; where not, each stands for itself and the other side is absent.
 *
 * <p>A page costs about what it shows, however long the range is: days are read one after the other until it is full.
 */
public final class Records {
    static final String KIND = "site";
    static final String GENERATION = "generation";
    static final String CONSUMPTION = "consumption";
    private static final String UNIT = "kWh";

    /** The rules that speak of a value that is there: not of one that is missing, or that came late. */
    static final Set<RuleName> ABOUT_VALUES = EnumSet.of(
            RuleName.NEGATIVE,
            RuleName.IMPLAUSIBLE,
            RuleName.SPIKE,
            RuleName.STUCK,
            RuleName.REGISTER_RESET,
            RuleName.CONFLICT);

    /** How many records are looked up together among the findings. */
    private static final int TOGETHER = 1_000;

    private final BlockStore blocks;
    private final Following following;
    private final FindingStore findings;

    public Records(BlockStore blocks, Following following, FindingStore findings) {
        this.blocks = blocks;
        this.following = following;
        this.findings = findings;
    }

    /** Whether a series is one side of a site's records. */
    static boolean isSide(Series series) {
        return series.kind().equals(KIND)
                && series.channel() == null
                && (series.quantity().equals(GENERATION) || series.quantity().equals(CONSUMPTION));
    }

    /** How the names of a site's series begin. */
    static String prefix(@Nullable String site) {
        if (site == null) {
            return KIND + "/";
        }
        String name = new Series(KIND, site, GENERATION, null).toString();
        return name.substring(0, name.length() - GENERATION.length());
    }

    /** The first few that are asked for, by start and then by site. */
    public List<SiteRecord> page(RecordSearch search, int limit) {
        Iterator<SiteRecord> walk = walk(search);
        List<SiteRecord> page = new ArrayList<>(Math.min(limit, TOGETHER));
        while (page.size() < limit && walk.hasNext()) {
            page.add(walk.next());
        }
        return doubted(search.site(), page);
    }

    /** All that are asked for, in the same order; no more than about a day of them is held at a time. */
    public Iterator<SiteRecord> all(RecordSearch search) {
        Iterator<SiteRecord> walk = walk(search);
        return new Iterator<>() {
            private Iterator<SiteRecord> part = List.<SiteRecord>of().iterator();

            @Override
            public boolean hasNext() {
                return part.hasNext() || walk.hasNext();
            }

            @Override
            public SiteRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (!part.hasNext()) {
                    List<SiteRecord> next = new ArrayList<>(TOGETHER);
                    while (next.size() < TOGETHER && walk.hasNext()) {
                        next.add(walk.next());
                    }
                    part = doubted(search.site(), next).iterator();
                }
                return part.next();
            }
        };
    }

    private Iterator<SiteRecord> walk(RecordSearch search) {
        List<StoredSeries> sides;
        try (Stream<StoredSeries> all = blocks.series(SeriesSearch.startingWith(prefix(search.site())))) {
            sides = all.filter(s -> isSide(s.series()) && s.unit().equals(UNIT)).toList();
        }
        return new RecordWalk(following, sides, search);
    }

    /**
     * The same records, those marked of which an open finding says that a value is not right.
     *
     * @param site whose they are, null for several
     * @param records by start
     */
    List<SiteRecord> doubted(@Nullable String site, List<SiteRecord> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        Instant from = records.getFirst().interval().start();
        Instant to = records.stream()
                .map(r -> r.interval().end())
                .max(Instant::compareTo)
                .orElseThrow();
        String prefix = prefix(site);
        Map<Series, Stretches> doubts = new HashMap<>();
        for (StoredFinding stored : findings.findings(new FindingSearch(
                prefix.substring(0, prefix.length() - 1), null, from, to, true, null, Long.MAX_VALUE))) {
            if (ABOUT_VALUES.contains(stored.finding().rule())) {
                doubts.computeIfAbsent(stored.finding().series(), s -> new Stretches())
                        .add(stored.finding().interval());
            }
        }
        return doubts.isEmpty()
                ? List.copyOf(records)
                : records.stream().map(r -> doubted(r, doubts)).toList();
    }

    private static SiteRecord doubted(SiteRecord sent, Map<Series, Stretches> doubts) {
        return new SiteRecord(
                sent.site(),
                sent.zone(),
                sent.interval(),
                doubted(sent, sent.generation(), GENERATION, doubts),
                doubted(sent, sent.consumption(), CONSUMPTION, doubts));
    }

    private static SiteRecord.@Nullable Side doubted(
            SiteRecord sent, SiteRecord.@Nullable Side side, String quantity, Map<Series, Stretches> doubts) {
        if (side == null) {
            return null;
        }
        @Nullable Stretches known = doubts.get(new Series(KIND, sent.site(), quantity, null));
        return known != null && known.overlaps(sent.interval()) ? side.doubtedToo() : side;
    }
}
