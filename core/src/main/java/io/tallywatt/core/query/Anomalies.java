package io.tallywatt.core.query;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Questions about findings: which, how many by thing and rule, how many by day. One asker has one of its own. */
public final class Anomalies {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** How many are asked for together where all are wanted. */
    private static final int TOGETHER = 2_000;

    private final FindingStore findings;
    private final BlockStore blocks;
    private final Map<Series, ZoneId> zones = new HashMap<>();

    public Anomalies(FindingStore findings, BlockStore blocks) {
        this.findings = findings;
        this.blocks = blocks;
    }

    /**
     * The first few, those that start last first.
     *
     * @param after only those behind this one, null for all
     */
    public List<Anomaly> page(AnomalySearch search, Finding.@Nullable Key after, int limit) {
        List<Anomaly> page = new ArrayList<>();
        Finding.@Nullable Key behind = after;
        while (true) {
            List<StoredFinding> part = findings.findings(search.anywhere(behind, limit));
            for (StoredFinding found : part) {
                ZoneId zone = zone(found.finding().series());
                if (search.asksFor(found.finding(), zone)) {
                    page.add(new Anomaly(found, zone));
                    if (page.size() == limit) {
                        return page;
                    }
                }
            }
            if (part.size() < limit) {
                return page;
            }
            behind = part.getLast().finding().key();
        }
    }

    /** All of them in the same order, a part at a time. */
    public Iterator<Anomaly> all(AnomalySearch search) {
        return new Iterator<>() {
            private List<Anomaly> part = page(search, null, TOGETHER);
            private int at;

            @Override
            public boolean hasNext() {
                if (at == part.size() && at == TOGETHER) {
                    part = page(search, part.getLast().found().finding().key(), TOGETHER);
                    at = 0;
                }
                return at < part.size();
            }

            @Override
            public Anomaly next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return part.get(at++);
            }
        };
    }

    private ZoneId zone(Series series) {
        return zones.computeIfAbsent(
                series, s -> blocks.find(s).map(StoredSeries::zone).orElse(UTC));
    }

    /** How many there are, by thing and rule. */
    public List<FindingCount> counts(AnomalySearch search) {
        List<FindingCount> counts =
                search.hasDates() ? countsByDates(search) : new ArrayList<>(findings.counts(search.in(UTC)));
        counts.sort(Comparator.comparing(FindingCount::thing).thenComparing(FindingCount::rule));
        return counts;
    }

    /** A date is another stretch of time in each zone: those of each zone are counted by themselves. */
    private List<FindingCount> countsByDates(AnomalySearch search) {
        Map<String, ZoneId> ofThings = new HashMap<>();
        for (FindingCount any : findings.counts(search.anywhere(null, Long.MAX_VALUE))) {
            ofThings.computeIfAbsent(any.thing(), this::zoneOfThing);
        }
        List<FindingCount> counts = new ArrayList<>();
        for (ZoneId zone : new HashSet<>(ofThings.values())) {
            for (FindingCount count : findings.counts(search.in(zone))) {
                if (zone.equals(ofThings.get(count.thing()))) {
                    counts.add(count);
                }
            }
        }
        return counts;
    }

    private ZoneId zoneOfThing(String thing) {
        try (Stream<StoredSeries> one = blocks.series(new SeriesSearch(thing + "/", "", "", 1))) {
            return one.findFirst().map(StoredSeries::zone).orElse(UTC);
        }
    }

    /**
     * How many there are by day.
     *
     * @param zone of all of them, null where they are of several or where there is none
     * @param days by date and rule; of nothing there is no row
     */
    public record ByDay(@Nullable ZoneId zone, List<DayCount> days) {}

    /** How many there are by day, each counted on the day it starts. */
    public ByDay days(AnomalySearch search) {
        Map<LocalDate, Map<RuleName, DayCount>> days = new TreeMap<>();
        Set<ZoneId> seen = new HashSet<>();
        for (Iterator<Anomaly> all = all(search); all.hasNext(); ) {
            Anomaly anomaly = all.next();
            seen.add(anomaly.zone());
            LocalDate date = date(anomaly, search.from());
            RuleName rule = anomaly.found().finding().rule();
            days.computeIfAbsent(date, d -> new TreeMap<>())
                    .merge(
                            rule,
                            new DayCount(date, rule, 1, anomaly.open() ? 1 : 0),
                            (a, b) -> new DayCount(date, rule, a.count() + b.count(), a.open() + b.open()));
        }
        return new ByDay(
                seen.size() == 1 ? seen.iterator().next() : null,
                days.values().stream().flatMap(d -> d.values().stream()).toList());
    }

    private static LocalDate date(Anomaly anomaly, @Nullable Moment from) {
        if (from != null) {
            Instant begins = from.in(anomaly.zone());
            if (anomaly.found().finding().interval().start().isBefore(begins)) {
                return begins.atZone(anomaly.zone()).toLocalDate();
            }
        }
        return anomaly.date();
    }
}
