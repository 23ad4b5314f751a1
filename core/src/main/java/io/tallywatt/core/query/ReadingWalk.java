package io.tallywatt.core.query;

import io.tallywatt.core.query.SeriesReading.Position;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The readings of some series in order, made while their days are read: a few days by one question each, so that the last 24
 * hours cost one, and years do not fill the memory. Days are of local dates, readings come by instant, as in {@link RecordWalk}.
 * Where both ends of the range are known, nothing else is asked.
 */
final class ReadingWalk implements Iterator<SeriesReading> {
    /** What a question asks for at once: the last 24 hours and what is known ahead, wherever midnight is, are one question. */
    private static final long USUAL_DAYS = 8;

    /** At the most so many days, where there was nothing for long. */
    private static final long MOST_DAYS = 512;

    private final Following following;
    private final String prefix;
    private final Predicate<StandingBlock> wanted;
    private final ReadingSearch search;
    private final PriorityQueue<Strand> strands = new PriorityQueue<>();

    private LocalDate next;
    private final LocalDate end;
    private long days = USUAL_DAYS;
    /** Of what is not read yet, nothing starts before this. */
    private Instant horizon = Instant.MIN;

    /**
     * @param prefix how the names of all wanted series begin
     * @param wanted of those, what is looked at
     */
    ReadingWalk(
            BlockStore blocks,
            Following following,
            String prefix,
            Predicate<StandingBlock> wanted,
            ReadingSearch search) {
        this.following = following;
        this.prefix = prefix;
        this.wanted = wanted;
        this.search = search;
        LocalDate first = search.from() == null ? LocalDate.MIN : date(search.from(), Moment.WESTERNMOST);
        // A midnight that is shown twice is part of a date that the clock does not show yet: a day more.
        LocalDate last = search.to() == null
                ? LocalDate.MAX
                : date(search.to(), Moment.EASTERNMOST).plusDays(1);
        if (search.from() == null || search.to() == null) {
            LocalDate earliest = LocalDate.EPOCH;
            LocalDate latest = LocalDate.EPOCH;
            boolean any = false;
            try (Stream<StoredSeries> all = blocks.series(prefix)) {
                for (StoredSeries series : (Iterable<StoredSeries>) all::iterator) {
                    earliest = any ? earlier(earliest, series.first()) : series.first();
                    latest = later(latest, series.last().plusDays(1));
                    any = true;
                }
            }
            first = later(first, earliest);
            last = earlier(last, latest);
        }
        Position after = search.after();
        this.next = after == null ? first : later(first, date(new Moment.At(after.start()), Moment.WESTERNMOST));
        this.end = last;
    }

    /** A date itself is that of each series' zone. */
    private static LocalDate date(Moment moment, ZoneId zone) {
        return switch (moment) {
            case Moment.OnDate(var date) -> date;
            case Moment.At(var instant) -> LocalDate.ofInstant(instant, zone);
        };
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    @Override
    public boolean hasNext() {
        while (strands.isEmpty() || !strands.peek().position.start().isBefore(horizon)) {
            if (!next.isBefore(end)) {
                return !strands.isEmpty();
            }
            read();
        }
        return true;
    }

    private void read() {
        LocalDate until = earlier(next.plusDays(days), end);
        boolean any = false;
        try (Stream<StandingBlock> blocks = following.standing(prefix, next, until)) {
            for (StandingBlock standing : (Iterable<StandingBlock>) blocks::iterator) {
                if (wanted.test(standing)) {
                    any = true;
                    Strand strand = new Strand(standing, search);
                    if (strand.forward()) {
                        strands.add(strand);
                    }
                }
            }
        }
        next = until;
        days = any ? USUAL_DAYS : Math.min(MOST_DAYS, days * 2);
        horizon = next.atStartOfDay(Moment.EASTERNMOST).toInstant();
    }

    @Override
    public SeriesReading next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Strand strand = strands.remove();
        SeriesReading reading = strand.reading();
        if (strand.forward()) {
            strands.add(strand);
        }
        return reading;
    }

    /** The readings of one block that are asked for, one after the other. */
    private static final class Strand implements Comparable<Strand> {
        private final StandingBlock standing;
        private final String name;
        private final DayBlock block;
        private final long dayEnd;
        private final Instant from;
        private final Instant to;
        private final @Nullable Position after;

        private int at = -1;
        private Position position = new Position(Instant.MIN, "");

        Strand(StandingBlock standing, ReadingSearch search) {
            ZoneId zone = standing.zone();
            this.standing = standing;
            this.name = standing.series().toString();
            this.block = standing.block();
            this.dayEnd = new DeliveryDay(block.date(), zone).end().getEpochSecond();
            this.from = search.from() == null ? Instant.MIN : search.from().in(zone);
            this.to = search.to() == null ? Instant.MAX : search.to().in(zone);
            this.after = search.after();
        }

        /** Goes on to the next reading; false where there is none. */
        boolean forward() {
            while (++at < block.length()) {
                Instant start = Instant.ofEpochSecond(block.startOf(at));
                if (!start.isBefore(to)) {
                    return false;
                }
                if (block.qualities()[at] == Quality.MISSING.code() || start.isBefore(from)) {
                    continue;
                }
                position = new Position(start, name);
                if (after == null || position.compareTo(after) > 0) {
                    return true;
                }
            }
            return false;
        }

        SeriesReading reading() {
            return new SeriesReading(
                    standing.series(),
                    standing.zone(),
                    standing.unit(),
                    new Interval(position.start(), Instant.ofEpochSecond(block.endOf(at, dayEnd))),
                    Scaled.toDecimal(block.values()[at], block.scale()),
                    Quality.ofCode(block.qualities()[at]));
        }

        @Override
        public int compareTo(Strand other) {
            return position.compareTo(other.position);
        }
    }
}
