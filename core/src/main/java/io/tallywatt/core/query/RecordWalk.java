package io.tallywatt.core.query;

import io.tallywatt.core.query.RecordSearch.Position;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
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
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records in order, made while the days of their series are read one after the other.
 *
 * <p>Blocks are of local dates, records come by instant. Once all blocks before a date are read, what is still to come starts at
 * the date's first midnight in any zone of the series: up to there the records that are at hand are all there are.
 */
final class RecordWalk implements Iterator<SiteRecord> {
    /** So many blocks are read at once, if a day has not more of them by itself: one site's days need not be asked for singly. */
    private static final int BLOCKS_TOGETHER = 32;

    /** At the most so many days, where there was nothing for long. */
    private static final long MOST_DAYS = 512;

    private final Following following;
    private final RecordSearch search;
    private final Set<Series> sides;
    private final Set<ZoneId> zones;
    private final long usualDays;
    private final PriorityQueue<Strand> strands = new PriorityQueue<>();

    private LocalDate next;
    private LocalDate end;
    private long days;
    /** Of what is not read yet, nothing starts before this. */
    private Instant horizon = Instant.MIN;

    /** @param sides the series of which records are made */
    RecordWalk(Following following, List<StoredSeries> sides, RecordSearch search) {
        this.following = following;
        this.search = search;
        this.sides = sides.stream().map(StoredSeries::series).collect(Collectors.toSet());
        this.zones = sides.stream().map(StoredSeries::zone).collect(Collectors.toSet());
        this.usualDays = Math.max(1, BLOCKS_TOGETHER / Math.max(1, sides.size()));
        this.days = usualDays;
        this.next = sides.stream()
                .map(StoredSeries::first)
                .min(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        this.end = sides.stream()
                .map(s -> s.last().plusDays(1))
                .max(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        end = earlier(
                end, zones.stream().map(this::end).max(LocalDate::compareTo).orElse(LocalDate.MAX));
        next = later(
                next, zones.stream().map(this::first).min(LocalDate::compareTo).orElse(LocalDate.MIN));
    }

    /** The first date of a zone that has to be read. */
    private LocalDate first(ZoneId zone) {
        LocalDate first = search.from() == null ? LocalDate.MIN : date(search.from(), zone);
        Position after = search.after();
        return after == null ? first : later(first, date(new Moment.At(after.start()), zone));
    }

    /** The date of a zone before which all that is asked for lies. */
    private LocalDate end(ZoneId zone) {
        // A midnight that is shown twice is part of a date that the clock does not show yet: a day more.
        return search.to() == null ? LocalDate.MAX : date(search.to(), zone).plusDays(2);
    }

    private static LocalDate date(Moment moment, ZoneId zone) {
        return moment.in(zone).atZone(zone).toLocalDate();
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    @Override
    public boolean hasNext() {
        while (strands.isEmpty() || !strands.peek().start().isBefore(horizon)) {
            if (!next.isBefore(end)) {
                return !strands.isEmpty();
            }
            read();
        }
        return true;
    }

    /** Reads the next few days; at least one, and no further than to the end of a day once there is enough. */
    private void read() {
        LocalDate until = earlier(next.plusDays(days), end);
        int count = 0;
        try (Stream<StandingBlock> blocks = following.standing(Records.prefix(search.site()), next, until)) {
            LocalDate date = next;
            for (StandingBlock standing : (Iterable<StandingBlock>) blocks::iterator) {
                if (!standing.block().date().equals(date)) {
                    if (count >= BLOCKS_TOGETHER) {
                        until = standing.block().date();
                        break;
                    }
                    date = standing.block().date();
                }
                // What came into the catalogue after it was looked at may be of another zone: the next question has it.
                if (sides.contains(standing.series())) {
                    count++;
                    Strand strand = new Strand(standing, search);
                    if (strand.forward()) {
                        strands.add(strand);
                    }
                }
            }
        }
        next = until;
        days = count == 0 ? Math.min(MOST_DAYS, days * 2) : usualDays;
        horizon = zones.stream()
                .map(zone -> new DeliveryDay(next, zone).start())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    @Override
    public SiteRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Strand one = strands.remove();
        @Nullable Strand two = strands.peek();
        SiteRecord joined;
        if (two != null && two.isOtherSideOf(one)) {
            strands.remove();
            joined = one.generation ? one.with(two) : two.with(one);
            putBack(two);
        } else {
            joined = one.alone();
        }
        putBack(one);
        return joined;
    }

    /** The last reading of a block as a record of one side, null where there is none. */
    static @Nullable SiteRecord last(StandingBlock standing) {
        Strand strand = new Strand(standing, RecordSearch.ALL);
        @Nullable SiteRecord last = null;
        while (strand.forward()) {
            last = strand.alone();
        }
        return last;
    }

    private void putBack(Strand strand) {
        if (strand.forward()) {
            strands.add(strand);
        }
    }

    /** The readings of one block that are asked for, one after the other. */
    private static final class Strand implements Comparable<Strand> {
        private final String site;
        private final boolean generation;
        private final ZoneId zone;
        private final DayBlock block;
        private final long dayEnd;
        private final Instant from;
        private final Instant to;
        private final @Nullable Position after;

        private int at = -1;
        private Position position = new Position(Instant.MIN, "", Instant.MIN);

        Strand(StandingBlock standing, RecordSearch search) {
            site = standing.series().key();
            generation = standing.series().quantity().equals(Records.GENERATION);
            zone = standing.zone();
            block = standing.block();
            dayEnd = new DeliveryDay(block.date(), zone).end().getEpochSecond();
            from = search.from() == null ? Instant.MIN : search.from().in(zone);
            to = search.to() == null ? Instant.MAX : search.to().in(zone);
            after = search.after();
        }

        Instant start() {
            return position.start();
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
                position = new Position(start, site, Instant.ofEpochSecond(block.endOf(at, dayEnd)));
                if (after == null || position.compareTo(after) > 0) {
                    return true;
                }
            }
            return false;
        }

        boolean isOtherSideOf(Strand other) {
            return generation != other.generation && position.equals(other.position);
        }

        private SiteRecord.Side side() {
            return new SiteRecord.Side(
                    Scaled.toDecimal(block.values()[at], block.scale()), Quality.ofCode(block.qualities()[at]), false);
        }

        private Interval interval() {
            return new Interval(position.start(), position.end());
        }

        SiteRecord alone() {
            return new SiteRecord(site, zone, interval(), generation ? side() : null, generation ? null : side());
        }

        SiteRecord with(Strand used) {
            return new SiteRecord(site, zone, interval(), side(), used.side());
        }

        @Override
        public int compareTo(Strand other) {
            int order = position.compareTo(other.position);
            return order != 0 ? order : Boolean.compare(other.generation, generation);
        }
    }
}
