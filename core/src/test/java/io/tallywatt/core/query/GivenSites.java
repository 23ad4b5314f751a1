package io.tallywatt.core.query;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.core.validate.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sites made up reading by reading, and findings listed by hand; it counts what is asked of it. */
public final class GivenSites implements Following, FindingStore {
    private final InMemoryStore store = new InMemoryStore(new TestClock(Instant.parse("2026-11-01T00:00:00Z")));
    private final List<StoredFinding> found = new ArrayList<>();
    private int documents;
    /** How often it was asked for blocks, and how many it gave. */
    int questions;

    int given;

    public BlockStore blocks() {
        return store;
    }

    public Ledger ledger() {
        return store;
    }

    public Delivery take(Series series, ZoneId zone, DayBlock... days) {
        GivenDocument document =
                GivenDocument.of("document " + ++documents).in(zone).receivedAt(Instant.ofEpochSecond(documents));
        for (DayBlock day : days) {
            document.with(series, day);
        }
        return store.take(document).delivery();
    }

    /**
     * One day of exact intervals.
     *
     * @param values by start; {@code i} before a number says INVALID, {@code -} is MISSING
     */
    public static DayBlock sent(LocalDate date, ZoneId zone, int seconds, Map<Instant, String> values) {
        int n = values.size();
        long[] starts = new long[n];
        long[] ends = new long[n];
        long[] units = new long[n];
        byte[] qualities = new byte[n];
        int i = 0;
        for (Map.Entry<Instant, String> value : new TreeMap<>(values).entrySet()) {
            String text = value.getValue();
            starts[i] = value.getKey().getEpochSecond();
            ends[i] = starts[i] + seconds;
            boolean invalid = text.startsWith("i");
            boolean missing = text.equals("-");
            qualities[i] = (missing ? Quality.MISSING : invalid ? Quality.INVALID : Quality.ACTUAL).code();
            units[i++] = missing
                    ? 0
                    : new BigDecimal(invalid ? text.substring(1) : text)
                            .setScale(9)
                            .unscaledValue()
                            .longValueExact();
        }
        return DayBlock.irregular(
                (int) date.toEpochDay(),
                new DeliveryDay(date, zone).start().getEpochSecond(),
                9,
                units,
                qualities,
                starts,
                ends);
    }

    public static Series generation(String site) {
        return new Series("site", site, "generation", null);
    }

    public static Series consumption(String site) {
        return new Series("site", site, "consumption", null);
    }

    public GivenSites find(Series series, RuleName rule, Instant start, Instant end) {
        return find(series, rule, start, end, null);
    }

    /** @param resolvedAt null for one that is open */
    public GivenSites find(Series series, RuleName rule, Instant start, Instant end, @Nullable Instant resolvedAt) {
        found.add(new StoredFinding(
                found.size() + 1L,
                new Finding(
                        series,
                        new Interval(start, end),
                        rule,
                        Severity.WARNING,
                        new BigDecimal("0.9"),
                        "26.4 kWh",
                        "12 to 14 kWh",
                        new BigDecimal("26.4"),
                        new BigDecimal("12"),
                        new BigDecimal("14"),
                        end,
                        1),
                resolvedAt));
        return this;
    }

    public Records records() {
        return new Records(store, this, this);
    }

    public Sites sites() {
        return new Sites(store, this, this);
    }

    public Anomalies anomalies() {
        return new Anomalies(this, store);
    }

    @Override
    public Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        questions++;
        return store.series(prefix)
                .flatMap(s -> store.blocks(s.series(), from, to, null))
                .map(b -> new StandingBlock(b.series(), b.zone(), b.block()))
                .sorted(Comparator.comparing((StandingBlock b) -> b.block().day())
                        .thenComparing(b -> b.series().toString()))
                .peek(b -> given++);
    }

    @Override
    public Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant judgedUntil() {
        return Instant.EPOCH;
    }

    @Override
    public void keep(Verdict verdict, Instant until, Instant at) {
        throw new UnsupportedOperationException();
    }

    private static final Comparator<Finding.Key> ORDER = Comparator.comparing(Finding.Key::start)
            .reversed()
            .thenComparing(k -> k.series().toString())
            .thenComparing(Finding.Key::rule);

    private Stream<StoredFinding> asked(FindingSearch search) {
        return found.stream()
                .filter(f -> {
                    String name = f.finding().series().toString();
                    Interval interval = f.finding().interval();
                    return (search.prefix().isEmpty()
                                    || name.equals(search.prefix())
                                    || name.startsWith(search.prefix() + "/"))
                            && (search.rule() == null || f.finding().rule() == search.rule())
                            && (search.from() == null || interval.end().isAfter(search.from()))
                            && (search.to() == null || interval.start().isBefore(search.to()))
                            && (search.open() == null || search.open() == (f.resolvedAt() == null))
                            && (search.after() == null
                                    || ORDER.compare(f.finding().key(), search.after()) > 0);
                })
                .sorted(Comparator.comparing((StoredFinding f) -> f.finding().key(), ORDER));
    }

    @Override
    public List<StoredFinding> findings(FindingSearch search) {
        return asked(search).limit(search.limit()).toList();
    }

    @Override
    public List<FindingCount> counts(FindingSearch search) {
        Map<String, FindingCount> counts = new TreeMap<>();
        asked(search).forEach(f -> {
            String thing = AnomalySearch.thing(f.finding().series());
            RuleName rule = f.finding().rule();
            counts.merge(
                    thing + " " + rule,
                    new FindingCount(thing, rule, 1, f.resolvedAt() == null ? 1 : 0),
                    (a, b) -> new FindingCount(thing, rule, a.count() + b.count(), a.open() + b.open()));
        });
        return List.copyOf(counts.values());
    }

    @Override
    public List<StoredFinding> changedAfter(long number, int limit) {
        throw new UnsupportedOperationException();
    }
}
