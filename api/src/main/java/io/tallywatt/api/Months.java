package io.tallywatt.api;

import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is asked of a series into parts of a few local months, which no step crosses. What lies before its first
 * and after its last date is left out.
 */
final class Months implements Iterator<Interval> {
    /** About 5,000 half-hours: small beside everything else, and few questions for years. */
    private static final int TOGETHER = 3;

    private final ZoneId zone;
    private final Instant end;
    private Instant next;

    /**
     * Of a range.
     *
     * @param from null for the first there is
     * @param to null for all
     */
    Months(StoredSeries series, @Nullable Instant from, @Nullable Instant to) {
        this.zone = series.zone();
        // A day more on either side: readings that cross midnight, and midnights that are shown twice.
        Instant earliest = series.first().minusDays(1).atStartOfDay(zone).toInstant();
        Instant latest = series.last().plusDays(2).atStartOfDay(zone).toInstant();
        this.next = from == null || from.isBefore(earliest) ? earliest : from;
        this.end = to == null || to.isAfter(latest) ? latest : to;
    }

    @Override
    public boolean hasNext() {
        return next.isBefore(end);
    }

    @Override
    public Interval next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        LocalDate month = next.atZone(zone).toLocalDate().withDayOfMonth(1);
        Instant border = month.plusMonths(TOGETHER).atStartOfDay(zone).toInstant();
        Interval part = new Interval(next, border.isBefore(end) ? border : end);
        next = part.end();
        return part;
    }
}
