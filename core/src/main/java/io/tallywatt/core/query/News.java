package io.tallywatt.core.query;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.SeriesScope;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of some series, for those who follow them as they grow: values as they stand now, whoever gave them. Only of
 * intervals that ended within the last 48 hours or lie ahead; what is older is no news, but a backfill.
 *
 * <p>A delivery mostly repeats what is known and adds a little. {@link #since} tells all of it, {@link #fresh} only what is
 * other than it was, for which it needs a {@link Memory}.
 */
public final class News {
    /** What ended earlier is no news. */
    public static final Duration REACH = Duration.ofDays(2);

    /** More than this is not told one by one. */
    public static final int MOST_READINGS = 20_000;

    /** More than this is not looked through to find out. */
    public static final int MOST_BLOCKS = 5_000;

    /** So many days are asked for singly, if no more were touched. */
    private static final int FEW = 8;

    private final Following following;
    private final List<SeriesScope> scopes;

    /** @param prefixes how the names of the series begin, as of {@link SeriesScope#of} */
    public News(Following following, List<String> prefixes) {
        this.following = following;
        this.scopes = prefixes.stream().map(SeriesScope::of).toList();
    }

    /** There is more than can be told one by one. */
    public static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("more came than is told one by one", null, false, false);
        }
    }

    private record Day(Series series, LocalDate date) {}

    /** What was last seen of each day within reach. Belongs to one thread at a time. */
    public static final class Memory {
        private final Map<Day, DayBlock> seen = new HashMap<>();
        private long readings;

        private Memory() {}

        /** How many readings it holds, of about 25 bytes each. */
        public long readings() {
            return readings;
        }

        private void put(Day day, DayBlock block) {
            @Nullable DayBlock before = seen.put(day, block);
            readings += block.length() - (before == null ? 0 : before.length());
        }

        private void forget(LocalDate before) {
            seen.entrySet().removeIf(e -> {
                boolean past = e.getKey().date().isBefore(before);
                readings -= past ? e.getValue().length() : 0;
                return past;
            });
        }
    }

    private static LocalDate first(Instant now) {
        // A day more than the clock anywhere says.
        return LocalDate.ofInstant(now.minus(REACH), ZoneOffset.UTC).minusDays(1);
    }

    /**
     * A memory of all that is known now.
     *
     * @param most readings that it may hold
     * @throws TooMuch if there are more
     */
    public Memory memory(Instant now, long most) throws TooMuch {
        Memory memory = new Memory();
        for (SeriesScope scope : scopes) {
            try (Stream<StandingBlock> standing = following.standing(scope.text(), first(now), Answers.LATEST)) {
                for (StandingBlock block : (Iterable<StandingBlock>) standing::iterator) {
                    memory.put(new Day(block.series(), block.block().date()), block.block());
                    if (memory.readings() > most) {
                        throw new TooMuch();
                    }
                }
            }
        }
        return memory;
    }

    /**
     * What became known after an instant and is other than it was when that memory last looked; by start, then by series.
     *
     * @throws TooMuch if that is more than can be told; the memory has it all the same
     */
    public List<SeriesReading> fresh(Memory memory, Instant after, Instant now) throws TooMuch {
        memory.forget(first(now));
        List<SeriesReading> fresh = new ArrayList<>();
        Map<Day, DayBlock> seen = new HashMap<>();
        for (SeriesScope scope : scopes) {
            Map<Day, Set<Interval>> touched = touched(scope, after, now, Long.MAX_VALUE, false);
            for (StandingBlock standing : standing(scope, touched.keySet())) {
                Day day = new Day(standing.series(), standing.block().date());
                seen.put(day, standing.block());
                @Nullable DayBlock before = memory.seen.get(day);
                if (standing.block().equals(before)) {
                    continue;
                }
                Map<Interval, Reading> known = new HashMap<>();
                if (before != null) {
                    readings(before, standing.zone()).forEach(r -> known.put(r.interval(), r));
                }
                add(standing, now, r -> !same(known.get(r.interval()), r), fresh);
            }
        }
        // Only now: where the store fails on the way, nothing was seen.
        seen.forEach(memory::put);
        if (fresh.size() > MOST_READINGS) {
            throw new TooMuch();
        }
        fresh.sort(Comparator.comparing(SeriesReading::position));
        return fresh;
    }

    /**
     * All that deliveries gave which became known after an instant, as it stands now; by start, then by series.
     *
     * @throws TooMuch if that is more than can be told
     */
    public List<SeriesReading> since(Instant after, Instant now) throws TooMuch {
        List<SeriesReading> since = new ArrayList<>();
        for (SeriesScope scope : scopes) {
            Map<Day, Set<Interval>> touched = touched(scope, after, now, MOST_BLOCKS, true);
            for (StandingBlock standing : standing(scope, touched.keySet())) {
                Set<Interval> given = touched.getOrDefault(
                        new Day(standing.series(), standing.block().date()), Set.of());
                add(standing, now, r -> given.contains(r.interval()), since);
            }
            if (since.size() > MOST_READINGS) {
                throw new TooMuch();
            }
        }
        since.sort(Comparator.comparing(SeriesReading::position));
        return since;
    }

    private interface Told {
        boolean is(Reading reading);
    }

    private static void add(StandingBlock standing, Instant now, Told told, List<SeriesReading> all) {
        Instant reach = now.minus(REACH);
        for (Reading reading : readings(standing.block(), standing.zone())) {
            BigDecimal value = reading.value();
            if (value != null && reading.interval().end().isAfter(reach) && told.is(reading)) {
                all.add(new SeriesReading(
                        standing.series(),
                        standing.zone(),
                        standing.unit(),
                        reading.interval(),
                        value,
                        reading.quality()));
            }
        }
    }

    private static List<Reading> readings(DayBlock block, ZoneId zone) {
        return block.readings(new DeliveryDay(block.date(), zone).end().getEpochSecond());
    }

    private static boolean same(@Nullable Reading before, Reading now) {
        BigDecimal a = before == null ? null : before.value();
        BigDecimal b = now.value();
        return before != null
                && before.quality() == now.quality()
                && (a == null ? b == null : b != null && a.compareTo(b) == 0);
    }

    /**
     * The days within reach of which something became known after an instant.
     *
     * @param most blocks to be looked through
     * @param intervals whether it has to be known which
     */
    private Map<Day, Set<Interval>> touched(SeriesScope scope, Instant after, Instant now, long most, boolean intervals)
            throws TooMuch {
        LocalDate first = first(now);
        Map<Day, Set<Interval>> touched = new HashMap<>();
        Instant from = after;
        long seen = 0;
        while (true) {
            long part = 0;
            try (Stream<ArrivedBlock> arrived = following.arrived(scope.text(), from, MOST_BLOCKS)) {
                for (ArrivedBlock one : (Iterable<ArrivedBlock>) arrived::iterator) {
                    part++;
                    if (++seen > most) {
                        throw new TooMuch();
                    }
                    from = one.knownAt();
                    if (!one.block().date().isBefore(first)) {
                        Set<Interval> given = touched.computeIfAbsent(
                                new Day(one.series(), one.block().date()), d -> new HashSet<>());
                        if (intervals) {
                            readings(one.block(), one.zone()).stream()
                                    .filter(r -> r.quality() != Quality.MISSING)
                                    .forEach(r -> given.add(r.interval()));
                        }
                    }
                }
            }
            if (part < MOST_BLOCKS) {
                return touched;
            }
        }
    }

    private List<StandingBlock> standing(SeriesScope scope, Set<Day> days) {
        List<StandingBlock> standing = new ArrayList<>();
        if (days.size() <= FEW) {
            for (Day day : days) {
                try (Stream<StandingBlock> one = following.standing(
                        day.series().toString(), day.date(), day.date().plusDays(1))) {
                    one.forEach(standing::add);
                }
            }
            return standing;
        }
        LocalDate from = days.stream().map(Day::date).min(LocalDate::compareTo).orElseThrow();
        LocalDate to = days.stream().map(Day::date).max(LocalDate::compareTo).orElseThrow();
        try (Stream<StandingBlock> all = following.standing(scope.text(), from, to.plusDays(1))) {
            all.filter(b -> days.contains(new Day(b.series(), b.block().date())))
                    .forEach(standing::add);
        }
        return standing;
    }
}
