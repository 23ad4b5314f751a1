package io.tallywatt.core.ingest;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.validate.Arrived;
import io.tallywatt.core.validate.Judge;
import io.tallywatt.core.validate.SeriesMemory;
import io.tallywatt.core.validate.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges what was taken in, behind it: readings are stored first, whatever the rules may think of them. How far judging has
 * come is kept with its findings, so whoever is stopped in between goes on where it was, and nothing is judged twice or not at
 * all. Belongs to one thread.
 */
public final class Judging {
    /** Blocks judged together: with a feed's files, as many readings. */
    private static final long AT_ONCE = 5_000;
    /** What is remembered of a series at five minutes takes about 200 kB. */
    private static final int MOST_REMEMBERED = 1_000;
    /** Sites that sent nothing for longer have been told of. */
    private static final int OVERDUE_DAYS = 2;

    private final String prefix;
    private final BlockStore blocks;
    private final Ledger ledger;
    private final Following following;
    private final FindingStore findings;
    private final Judge judge;
    private final Clock clock;

    private final LinkedHashMap<Series, SeriesMemory> memories = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Series, SeriesMemory> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * Judges the series of a kind.
     *
     * @param prefix how the names of the series begin that are judged, such as {@code site/}
     */
    public Judging(
            String prefix,
            BlockStore blocks,
            Ledger ledger,
            Following following,
            FindingStore findings,
            Judge judge,
            Clock clock) {
        this.prefix = prefix;
        this.blocks = blocks;
        this.ledger = ledger;
        this.following = following;
        this.findings = findings;
        this.judge = judge;
        this.clock = clock;
    }

    /**
     * Judges some of what became known since the last time.
     *
     * @return whether there was anything; then there may be more
     */
    public boolean judgeNext() {
        Instant after = findings.judgedUntil();
        // Asked first: what becomes known meanwhile is for the next time.
        Instant changed = ledger.changedAt();
        List<ArrivedBlock> arrived;
        try (Stream<ArrivedBlock> all = following.arrived(prefix, after, AT_ONCE)) {
            arrived = all.toList();
        }
        if (arrived.isEmpty()) {
            if (changed.isAfter(after)) {
                findings.keep(Verdict.NOTHING, changed, now());
            }
            return false;
        }
        try {
            Verdict verdict = Verdict.NOTHING;
            for (List<ArrivedBlock> ofOne : bySeries(arrived).values()) {
                verdict = verdict.plus(judge(ofOne, after, arrived.size() < AT_ONCE));
            }
            findings.keep(verdict, arrived.getLast().knownAt(), now());
            return true;
        } catch (RuntimeException e) {
            // What is remembered may be ahead of what is kept.
            memories.clear();
            throw e;
        }
    }

    /** Looks for things that should have sent something by now. */
    public void lookForOverdue() {
        LocalDate today = now().atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, Map<Series, SeriesMemory>> things = new TreeMap<>();
        // Local days lie up to a day around those of UTC.
        try (Stream<StandingBlock> days =
                following.standing(prefix, today.minusDays(OVERDUE_DAYS), today.plusDays(2))) {
            days.forEach(day -> things.computeIfAbsent(
                            day.series().kind() + "/" + day.series().key(), t -> new TreeMap<>(Judging::byName))
                    .computeIfAbsent(day.series(), s -> new SeriesMemory(s, day.zone()))
                    .remember(day.block()));
        }
        Verdict verdict = Verdict.NOTHING;
        for (Map<Series, SeriesMemory> thing : things.values()) {
            verdict = verdict.plus(judge.overdue(List.copyOf(thing.values()), now()));
        }
        if (!verdict.found().isEmpty() || !verdict.resolved().isEmpty()) {
            findings.keep(verdict, findings.judgedUntil(), now());
        }
    }

    private static int byName(Series a, Series b) {
        return a.toString().compareTo(b.toString());
    }

    private Instant now() {
        return clock.instant();
    }

    private static Map<Series, List<ArrivedBlock>> bySeries(List<ArrivedBlock> arrived) {
        Map<Series, List<ArrivedBlock>> bySeries = new TreeMap<>(Judging::byName);
        for (ArrivedBlock block : arrived) {
            bySeries.computeIfAbsent(block.series(), s -> new ArrayList<>()).add(block);
        }
        return bySeries;
    }

    private Verdict judge(List<ArrivedBlock> arrived, Instant after, boolean whole) {
        List<Arrived> readings = new ArrayList<>();
        for (ArrivedBlock one : arrived) {
            Instant dayEnd = new DeliveryDay(one.block().date(), one.zone()).end();
            for (Reading reading : one.block().readings(dayEnd.getEpochSecond())) {
                if (reading.quality() != Quality.MISSING) {
                    readings.add(new Arrived(reading, one.receivedAt(), one.delivery()));
                }
            }
        }
        ArrivedBlock any = arrived.getFirst();
        @Nullable SeriesMemory memory = memories.get(any.series());
        if (memory == null) {
            memory = remembered(any.series(), any.zone(), arrived, after, whole);
            memories.put(any.series(), memory);
        }
        return judge.judge(memory, readings, now());
    }

    /**
     * A series as it stood before what arrived.
     *
     * @param whole whether that is all that arrived, so that days that it does not touch stand as they stood
     */
    private SeriesMemory remembered(
            Series series, ZoneId zone, List<ArrivedBlock> arrived, Instant after, boolean whole) {
        SeriesMemory memory = new SeriesMemory(series, zone);
        if (after.equals(Instant.EPOCH)) {
            return memory;
        }
        Set<LocalDate> touched = new HashSet<>();
        LocalDate last = LocalDate.MIN;
        for (ArrivedBlock block : arrived) {
            touched.add(block.block().date());
            last = block.block().date().isAfter(last) ? block.block().date() : last;
        }
        LocalDate first = last.minusDays(SeriesMemory.DAYS);
        if (!whole) {
            try (Stream<StoredBlock> before = blocks.blocks(series, first, last.plusDays(1), after)) {
                before.forEach(day -> memory.remember(day.block()));
            }
            return memory;
        }
        try (Stream<StandingBlock> days = following.standing(series.toString(), first, last.plusDays(1))) {
            days.filter(day -> day.series().equals(series)
                            && !touched.contains(day.block().date()))
                    .forEach(day -> memory.remember(day.block()));
        }
        for (LocalDate date : touched) {
            try (Stream<StoredBlock> before = blocks.blocks(series, date, date.plusDays(1), after)) {
                before.forEach(day -> memory.remember(day.block()));
            }
        }
        return memory;
    }
}
