package io.tallywatt.core.query;

import io.tallywatt.core.query.SeriesReading.Position;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The readings of some series in order, made while their days are read: a few days by one question each, so that a day costs
 * one, and years do not fill the memory. Days are of local dates, readings come by instant, as in {@link RecordWalk}.
 */
final class ReadingWalk implements Iterator<SeriesReading> {
    /** What a question asks for at once: the last 24 hours, wherever midnight is, are one question. */
    private static final long USUAL_DAYS = 4;

    /** At the most so many days, where there was nothing for long. */
    private static final long MOST_DAYS = 512;

    private final Following following;
    private final String prefix;
    private final Map<Series, StoredSeries> wanted = new HashMap<>();
    private final Set<ZoneId> zones;
    private final ReadingSearch search;
    private final PriorityQueue<Strand> strands = new PriorityQueue<>();

    private LocalDate next;
    private final LocalDate end;
    private long days = USUAL_DAYS;
    /** Of what is not read yet, nothing starts before this. */
    private Instant horizon = Instant.MIN;

    /** @param prefix how the names of all wanted series begin */
    ReadingWalk(Following following, String prefix, Collection<StoredSeries> wanted, ReadingSearch search) {
        this.following = following;
        this.prefix = prefix;
        this.search = search;
        wanted.forEach(s -> this.wanted.put(s.series(), s));
        this.zones = wanted.stream().map(StoredSeries::zone).collect(Collectors.toSet());
        LocalDate first = wanted.stream()
                .map(StoredSeries::first)
                .min(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        LocalDate last = wanted.stream()
                .map(s -> s.last().plusDays(1))
                .max(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        this.next = later(
                first, zones.stream().map(this::first).min(LocalDate::compareTo).orElse(LocalDate.MIN));
        this.end = earlier(
                last, zones.stream().map(this::end).max(LocalDate::compareTo).orElse(LocalDate.MAX));
    }

    /** The first date of a zone that has to be read. */
    private LocalDate first(ZoneId zone) {
        LocalDate first =
                search.from() == null ? LocalDate.MIN : date(search.from().in(zone), zone);
        Position after = search.after();
        return after == null ? first : later(first, date(after.start(), zone));
    }

    /** The date of a zone before which all that is asked for lies. */
    private LocalDate end(ZoneId zone) {
        // A midnight that is shown twice is part of a date that the clock does not show yet: a day more.
        return search.to() == null
                ? LocalDate.MAX
                : date(search.to().in(zone), zone).plusDays(2);
    }

    private static LocalDate date(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDate();
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
                @Nullable StoredSeries series = wanted.get(standing.series());
                if (series != null) {
                    any = true;
                    Strand strand = new Strand(series, standing.block(), search);
                    if (strand.forward()) {
                        strands.add(strand);
                    }
                }
            }
        }
        next = until;
        days = any ? USUAL_DAYS : Math.min(MOST_DAYS, days * 2);
        horizon = zones.stream()
                .map(zone -> new DeliveryDay(next, zone).start())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
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
        private final StoredSeries series;
        private final String name;
        private final DayBlock block;
        private final long dayEnd;
        private final Instant from;
        private final Instant to;
        private final @Nullable Position after;

        private int at = -1;
        private Position position = new Position(Instant.MIN, "");

        Strand(StoredSeries series, DayBlock block, ReadingSearch search) {
            this.series = series;
            this.name = series.series().toString();
            this.block = block;
            this.dayEnd = new DeliveryDay(block.date(), series.zone()).end().getEpochSecond();
            this.from = search.from() == null ? Instant.MIN : search.from().in(series.zone());
            this.to = search.to() == null ? Instant.MAX : search.to().in(series.zone());
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
                    series.series(),
                    series.zone(),
                    series.unit(),
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
