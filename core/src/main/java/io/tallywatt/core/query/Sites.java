package io.tallywatt.core.query;

import io.tallywatt.core.query.RecordSearch.Position;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredSeries;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sites there are, each with its last record and how many of its findings are open. */
public final class Sites {
    /** How far the search for a last record goes back at once, at the most. */
    private static final long MOST_DAYS = 512;

    private final BlockStore blocks;
    private final Following following;
    private final FindingStore findings;
    private final Records records;

    public Sites(BlockStore blocks, Following following, FindingStore findings) {
        this.blocks = blocks;
        this.following = following;
        this.findings = findings;
        this.records = new Records(blocks, following, findings);
    }

    /**
     * Sites by the names of their series.
     *
     * @param after only those behind the site of this key, null for all
     */
    public List<Site> page(@Nullable String after, int limit) {
        String prefix = Records.prefix(null);
        // The sign after '/': behind every series of that site, before those of the next.
        String behind = after == null ? "" : Records.prefix(after).replaceFirst("/$", "0");
        List<List<StoredSeries>> found = new ArrayList<>();
        try (Stream<StoredSeries> all = blocks.series(new SeriesSearch(prefix, "", behind, Long.MAX_VALUE))) {
            for (StoredSeries series : (Iterable<StoredSeries>) all::iterator) {
                if (!found.isEmpty()
                        && key(found.getLast()).equals(series.series().key())) {
                    found.getLast().add(series);
                } else if (found.size() == limit) {
                    break;
                } else {
                    found.add(new ArrayList<>(List.of(series)));
                }
            }
        }
        return sites(found, "site");
    }

    public Optional<Site> find(String key) {
        String prefix = Records.prefix(key);
        List<StoredSeries> series;
        try (Stream<StoredSeries> all = blocks.series(prefix)) {
            series = all.toList();
        }
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(sites(List.of(series), prefix.substring(0, prefix.length() - 1))
                        .getFirst());
    }

    /** Whether there is such a site. */
    public boolean has(String key) {
        try (Stream<StoredSeries> any = blocks.series(new SeriesSearch(Records.prefix(key), "", "", 1))) {
            return any.findAny().isPresent();
        }
    }

    private static String key(List<StoredSeries> site) {
        return site.getFirst().series().key();
    }

    private static LocalDate first(List<StoredSeries> site) {
        return site.stream().map(StoredSeries::first).min(LocalDate::compareTo).orElseThrow();
    }

    private static LocalDate last(List<StoredSeries> site) {
        return site.stream().map(StoredSeries::last).max(LocalDate::compareTo).orElseThrow();
    }

    /** @param thing what all of them are, or the one there is, by which its findings are found */
    private List<Site> sites(List<List<StoredSeries>> found, String thing) {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<String, Long> open = new HashMap<>();
        for (FindingCount count :
                findings.counts(new FindingSearch(thing, null, null, null, true, null, Long.MAX_VALUE))) {
            open.merge(count.thing() + "/", count.open(), Long::sum);
        }
        Map<String, SiteRecord> latest = latest(found);
        return found.stream()
                .map(site -> new Site(
                        key(site),
                        site.getFirst().zone(),
                        first(site),
                        last(site),
                        site.stream().map(StoredSeries::series).toList(),
                        latest.get(key(site)),
                        open.getOrDefault(Records.prefix(key(site)), 0L)))
                .toList();
    }

    /** Mostly all sites have reported of late: their last days are read together, those of the others one by one. */
    private Map<String, SiteRecord> latest(List<List<StoredSeries>> found) {
        Map<String, SiteRecord> latest = new HashMap<>();
        if (found.size() > 1) {
            LocalDate last =
                    found.stream().map(Sites::last).max(LocalDate::compareTo).orElseThrow();
            List<SiteRecord> together = new ArrayList<>(
                    latest(null, last.minusDays(1), last.plusDays(1)).values());
            together.sort(Comparator.comparing(Position::of));
            records.doubted(null, together).forEach(r -> latest.put(r.site(), r));
        }
        for (List<StoredSeries> site : found) {
            if (!latest.containsKey(key(site))) {
                lookBack(site).ifPresent(r -> latest.put(r.site(), r));
            }
        }
        return latest;
    }

    /** What was there last may have been withdrawn since. */
    private Optional<SiteRecord> lookBack(List<StoredSeries> site) {
        LocalDate first = first(site);
        LocalDate end = last(site).plusDays(1);
        for (long days = 1; end.isAfter(first); days = Math.min(MOST_DAYS, days * 2)) {
            LocalDate from = end.minusDays(days).isBefore(first) ? first : end.minusDays(days);
            @Nullable SiteRecord last = latest(key(site), from, end).get(key(site));
            if (last != null) {
                return Optional.of(records.doubted(last.site(), List.of(last)).getFirst());
            }
            end = from;
        }
        return Optional.empty();
    }

    /** The last record of each site in these days. */
    private Map<String, SiteRecord> latest(@Nullable String site, LocalDate from, LocalDate to) {
        TreeMap<String, SiteRecord> latest = new TreeMap<>();
        try (Stream<StandingBlock> all = following.standing(Records.prefix(site), from, to)) {
            for (StandingBlock block : (Iterable<StandingBlock>) all::iterator) {
                if (Records.isSide(block.series())) {
                    @Nullable SiteRecord last = RecordWalk.last(block);
                    if (last != null) {
                        latest.merge(last.site(), last, Sites::later);
                    }
                }
            }
        }
        return latest;
    }

    /** The one that starts later; both together where they are the two sides of one. */
    private static SiteRecord later(SiteRecord a, SiteRecord b) {
        int order = Position.of(a).compareTo(Position.of(b));
        if (order != 0) {
            return order > 0 ? a : b;
        }
        SiteRecord.@Nullable Side generation = a.generation() == null ? b.generation() : a.generation();
        SiteRecord.@Nullable Side consumption = a.consumption() == null ? b.consumption() : a.consumption();
        return new SiteRecord(a.site(), a.zone(), a.interval(), generation, consumption);
    }
}
