package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what some meters come to, by date. Whoever uses it tells each block of the dates asked for ({@link #add}), and of each
 * meter the days on which it has a reading that counts ({@link #seen}), those of the 35 days before the first date too.
 */
public final class MeterTotals {
    /** A meter is silent on a day if it was seen in so many days before, but not on it. */
    public static final int SILENT_DAYS = 35;

    private static final class Day {
        Tally tally = Tally.NONE;

        @Nullable
        String zone;

        @Nullable
        Instant knownAt;
    }

    private final LocalDate from;
    private final LocalDate to;
    private final TreeMap<LocalDate, Day> days = new TreeMap<>();
    private final Map<Integer, Long> meters = new HashMap<>();
    /** How many meters more are silent on an epoch day than on the one before. */
    private final TreeMap<Integer, Long> falling = new TreeMap<>();

    /** Of the dates {@code [from, to)}. */
    public MeterTotals(LocalDate from, LocalDate to) {
        this.from = from;
        this.to = to;
    }

    /** The first date of which it has to be known which meters were seen. */
    public LocalDate seenFrom() {
        LocalDate first = from.minusDays(SILENT_DAYS);
        return first.isBefore(LocalDate.EPOCH) ? LocalDate.EPOCH : first;
    }

    private boolean isAsked(LocalDate date) {
        return !date.isBefore(from) && date.isBefore(to);
    }

    /** Adds a block; one of another date is passed over. */
    public void add(StoredBlock stored) {
        DayBlock block = stored.block();
        add(block.date(), Tally.of(block), block.counted() > 0 ? stored.zone().getId() : null, stored.knownAt());
    }

    /**
     * Adds what some blocks of a date come to.
     *
     * @param tally without meters and silent
     * @param zone of those with a reading that counts, null if none has one
     * @param knownAt when the last of them became known
     */
    public void add(LocalDate date, Tally tally, @Nullable String zone, Instant knownAt) {
        if (!isAsked(date)) {
            return;
        }
        Day day = days.computeIfAbsent(date, d -> new Day());
        day.tally = day.tally.plus(tally);
        if (zone != null) {
            day.zone = day.zone == null || day.zone.equals(zone) ? zone : "mixed";
        }
        Instant known = day.knownAt;
        day.knownAt = known == null || knownAt.isAfter(known) ? knownAt : known;
    }

    /** Adds one meter: the epoch days on which it was seen. */
    public void seen(Collection<Integer> epochDays) {
        @Nullable Integer before = null;
        for (int day : new TreeSet<>(epochDays)) {
            meters.merge(day, 1L, Long::sum);
            if (before != null && day > before + 1) {
                falls(before + 1, 1);
                falls(Math.min(day, before + SILENT_DAYS + 1), -1);
            }
            before = day;
        }
        if (before != null) {
            falls(before + 1, 1);
            falls(before + SILENT_DAYS + 1, -1);
        }
    }

    /**
     * Adds several meters.
     *
     * @param seen how many of them were seen on an epoch day
     * @param falling how many more of them are silent on it than on the day before
     */
    public void seen(int epochDay, long seen, long falling) {
        if (seen != 0) {
            meters.merge(epochDay, seen, Long::sum);
        }
        falls(epochDay, falling);
    }

    private void falls(int epochDay, long more) {
        falling.merge(epochDay, more, Long::sum);
    }

    /** By date: every one that has a block, or on which a meter is silent. */
    public List<JournalEntry> entries() {
        Map<LocalDate, Long> silent = silent();
        TreeSet<LocalDate> dates = new TreeSet<>(days.keySet());
        dates.addAll(silent.keySet());
        List<JournalEntry> entries = new ArrayList<>();
        for (LocalDate date : dates) {
            Day day = days.getOrDefault(date, new Day());
            long seen = meters.getOrDefault((int) date.toEpochDay(), 0L);
            Tally counts = new Tally(BigDecimal.ZERO, seen, silent.getOrDefault(date, 0L), 0, 0, 0, 0, 0);
            entries.add(new JournalEntry(date, day.zone == null ? "-" : day.zone, day.tally.plus(counts), day.knownAt));
        }
        return entries;
    }

    private Map<LocalDate, Long> silent() {
        Map<LocalDate, Long> silent = new HashMap<>();
        long now = 0;
        @Nullable Integer since = null;
        for (Map.Entry<Integer, Long> change : falling.entrySet()) {
            if (since != null && now > 0) {
                LocalDate until = LocalDate.ofEpochDay(change.getKey());
                LocalDate last = until.isBefore(to) ? until : to;
                LocalDate first = LocalDate.ofEpochDay(since);
                for (LocalDate d = first.isBefore(from) ? from : first; d.isBefore(last); d = d.plusDays(1)) {
                    silent.put(d, now);
                }
            }
            since = change.getKey();
            now += change.getValue();
        }
        return silent;
    }
}
