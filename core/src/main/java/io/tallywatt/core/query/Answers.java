package io.tallywatt.core.query;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DeliveryDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Questions about what is stored, answered the same way for the command line, the API and a Lambda. */
public final class Answers {
    /** Dates beyond any that a store holds, for ranges left open. */
    public static final LocalDate EARLIEST = LocalDate.of(1970, 1, 2);

    public static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

    private static final int FEW = 500;

    private final BlockStore store;

    public Answers(BlockStore store) {
        this.store = store;
    }

    /** The total of one date; of a date without readings too. */
    public Total total(LocalDate date, @Nullable Instant asOf) {
        return total(date, store.totals(date, date.plusDays(1), asOf), asOf);
    }

    /**
     * The totals of {@code [from, to)}, by date: of every date with readings, and of those without on which meters are
     * missed. Dates with neither are left out, and so is what comes after the last reading.
     */
    public List<Total> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return totals(store.totals(from, to, asOf), asOf);
    }

    /**
     * The total of the meters of a group on one date; of a date without readings too. Of all meters together it is that of
     * {@link #total(LocalDate, Instant)}, but for {@code knownAt}: that is when the latest of the blocks behind it became known, and null
     * where there is none.
     */
    public Total total(MeterGroup group, LocalDate date, @Nullable Instant asOf) {
        return total(date, store.totals(group.meters(), date, date.plusDays(1), asOf), asOf);
    }

    /** The totals of the meters of a group, of the dates that {@link #totals(LocalDate, LocalDate, Instant)} would tell of them. */
    public List<Total> totals(MeterGroup group, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return totals(store.totals(group.meters(), from, to, asOf), asOf);
    }

    private static List<Total> totals(List<JournalEntry> all, @Nullable Instant asOf) {
        TreeMap<LocalDate, List<JournalEntry>> byDate = new TreeMap<>();
        for (JournalEntry entry : all) {
            byDate.computeIfAbsent(entry.date(), d -> new ArrayList<>()).add(entry);
        }
        List<Total> totals = new ArrayList<>();
        byDate.forEach((date, entries) -> totals.add(total(date, entries, asOf)));
        totals.removeIf(t -> t.quality().expected() == 0 && t.silent() == 0);
        while (!totals.isEmpty() && totals.getLast().quality().expected() == 0) {
            totals.removeLast();
        }
        return totals;
    }

    private static Total total(LocalDate date, List<JournalEntry> entries, @Nullable Instant asOf) {
        Tally sum = Tally.NONE;
        @Nullable String zone = null;
        @Nullable Instant knownAt = null;
        for (JournalEntry entry : entries) {
            sum = sum.plus(entry.tally());
            if (entry.tally().meters() > 0) {
                zone = zone == null || zone.equals(entry.zone()) ? entry.zone() : "mixed";
            }
            Instant known = entry.knownAt();
            if (known != null && (knownAt == null || known.isAfter(knownAt))) {
                knownAt = known;
            }
        }
        return new Total(
                date,
                zone == null ? "-" : zone,
                "kWh",
                sum.energyKwh(),
                sum.meters(),
                sum.silent(),
                QualityCounts.of(sum),
                knownAt,
                asOf);
    }

    /**
     * One series' energy of each date of {@code [from, to)} that has a block, in the shape of a total.
     *
     * @throws IllegalArgumentException if the series is not of energy, which alone has totals
     */
    public List<Total> daily(StoredSeries series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        if (!Units.isEnergy(series.unit())) {
            throw new IllegalArgumentException(series.series() + " is in " + series.unit() + ", which has no totals");
        }
        try (Stream<StoredBlock> blocks = store.blocks(series.series(), from, to, asOf)) {
            return blocks.map(stored -> {
                        DayBlock block = stored.block();
                        QualityCounts quality = QualityCounts.of(block);
                        boolean counts = quality.actual() + quality.estimated() + quality.substituted() > 0;
                        return new Total(
                                block.date(),
                                stored.zone().getId(),
                                series.unit(),
                                block.total(),
                                counts ? 1 : 0,
                                0,
                                quality,
                                stored.knownAt(),
                                asOf);
                    })
                    .toList();
        }
    }

    /**
     * The readings of a series as they are stored, in time order, with intervals that miss one; to be closed.
     *
     * @param from first instant, null for the first there is
     * @param to first instant that is no longer asked for, null for all
     */
    public Stream<Reading> readings(
            StoredSeries series, @Nullable Instant from, @Nullable Instant to, @Nullable Instant asOf) {
        ZoneId zone = series.zone();
        LocalDate first = from == null ? EARLIEST : from.atZone(zone).toLocalDate();
        // Two days more, for midnights that are shown twice; the readings themselves decide.
        LocalDate last = to == null ? LATEST : to.atZone(zone).toLocalDate().plusDays(2);
        return store.blocks(series.series(), first, last, asOf)
                .flatMap(Answers::readings)
                .filter(r -> (from == null || !r.interval().start().isBefore(from))
                        && (to == null || r.interval().start().isBefore(to)));
    }

    private static Stream<Reading> readings(StoredBlock stored) {
        long end = new DeliveryDay(stored.block().date(), stored.zone()).end().getEpochSecond();
        return stored.block().readings(end).stream();
    }

    /**
     * The same in steps: energy and money are summed, of everything else it is the mean of the time that is known, each step saying
     * how much is not; to be closed.
     */
    public Stream<Bucket> readings(
            StoredSeries series, @Nullable Instant from, @Nullable Instant to, Every every, @Nullable Instant asOf) {
        Stream<Reading> readings = readings(series, from, to, asOf);
        Iterator<Bucket> buckets = Units.addsUp(series.unit())
                ? new Bucketing(readings.iterator(), every, series.zone())
                : new Averaging(readings.iterator(), every, series.zone(), Units.holdsThroughout(series.unit()));
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(buckets, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(readings::close);
    }

    /** A date's total with the blocks behind it, of all series or of one. */
    public Explanation explain(LocalDate date, @Nullable Series series, @Nullable Instant asOf) {
        Stream<StoredBlock> blocks =
                series == null ? store.blocksOn(date, asOf) : store.blocks(series, date, date.plusDays(1), asOf);
        return new Explanation(total(date, asOf), blocks);
    }

    /** Why a date's total is what it is: all blocks behind it are looked at, one after the other. */
    public Breakdown breakdown(LocalDate date, @Nullable Instant asOf) {
        return breakdown(date, total(date, asOf), store.blocksOn(date, asOf), history(date));
    }

    /** The same of a group; what its total was is not told, as changes are kept of all meters together. */
    public Breakdown breakdown(MeterGroup group, LocalDate date, @Nullable Instant asOf) {
        return breakdown(date, total(group, date, asOf), blocksOf(group, date, asOf), List.of());
    }

    /** Of a few meters they are asked for one by one; of many, all of the date are looked through. */
    private Stream<StoredBlock> blocksOf(MeterGroup group, LocalDate date, @Nullable Instant asOf) {
        if (group.meters().size() > FEW) {
            Set<String> keys = group.meters().stream().map(Series::key).collect(Collectors.toSet());
            return store.blocksOn(date, asOf)
                    .filter(b -> keys.contains(b.series().key()));
        }
        return group.meters().stream()
                .flatMap(meter -> store.registers(meter).stream())
                .flatMap(register -> store.blocks(register, date, date.plusDays(1), asOf));
    }

    /** @param blocks behind the total; closed here */
    private static Breakdown breakdown(LocalDate date, Total total, Stream<StoredBlock> blocks, List<Total> history) {
        BreakingDown parts = new BreakingDown(date);
        try (blocks) {
            blocks.forEach(parts::add);
        }
        return parts.result(total, history);
    }

    /** What a date's total was, as of each instant at which it changed, the latest last; of the latest so many. */
    List<Total> history(LocalDate date) {
        List<JournalEntry> changes = store.changes(date);
        List<Total> history = new ArrayList<>();
        List<JournalEntry> until = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            until.add(changes.get(i));
            @Nullable Instant known = changes.get(i).knownAt();
            boolean more = i + 1 < changes.size()
                    && Objects.equals(known, changes.get(i + 1).knownAt());
            if (!more) {
                Total total = total(date, until, known);
                boolean same = !history.isEmpty()
                        && history.getLast().total().compareTo(total.total()) == 0
                        && history.getLast().meters() == total.meters()
                        && history.getLast().silent() == total.silent()
                        && history.getLast().quality().equals(total.quality());
                if (!same) {
                    history.add(total);
                }
                until = summed(until);
            }
        }
        return List.copyOf(history.subList(Math.max(0, history.size() - Breakdown.MOST_CHANGES), history.size()));
    }

    /** The same sums with an entry for each zone, so that a long history is added up once. */
    private static List<JournalEntry> summed(List<JournalEntry> entries) {
        TreeMap<String, JournalEntry> byZone = new TreeMap<>();
        for (JournalEntry e : entries) {
            byZone.merge(
                    e.zone(),
                    e,
                    (a, b) -> new JournalEntry(a.date(), a.zone(), a.tally().plus(b.tally()), b.knownAt()));
        }
        return new ArrayList<>(byZone.values());
    }
}
