package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Rows that state the start and the end of their interval. Nothing is snapped to a grid; energy that crosses a local
 * midnight is split by time, as ESTIMATED.
 */
final class ExactRows {
    /** A bill of a year is still split over its days; more is a misread date. */
    private static final long LONGEST = 400L * Resolution.DAY_SECONDS;

    private final RowsReader rows;
    private final DayCalendar calendar;
    private final LocalClock clock;
    private final OpenDays days;
    private final @Nullable Resolution step;
    private final long[] starts = new long[4];

    ExactRows(RowsReader rows, DayCalendar calendar, LocalClock clock, OpenDays days, @Nullable Resolution step) {
        this.rows = rows;
        this.calendar = calendar;
        this.clock = clock;
        this.days = days;
        this.step = step;
    }

    /** Reads the row whose start is in the clock already. */
    void read(StampColumns columns) {
        int count = clock.count;
        System.arraycopy(clock.instants, 0, starts, 0, count);
        if (!rows.readInstants(columns.end(), -1, true)) {
            return;
        }
        long start = Long.MIN_VALUE;
        long end = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long possible = endAfter(starts[i]);
            if (possible != Long.MIN_VALUE && possible - starts[i] <= LONGEST) {
                start = starts[i];
                end = possible;
                if (count == 1 || !isTaken(start, end)) {
                    break;
                }
            }
        }
        if (start == Long.MIN_VALUE) {
            rows.reject(
                    columns.end(),
                    RejectCode.BAD_TIME,
                    rows.quoted(columns.end()) + " is no end for " + rows.quoted(columns.stamp())
                            + "; expected a later time, by 400 days at most");
            return;
        }
        if (clock.dayHolding(start) < 0 || clock.dayHolding(end - 1) < 0) {
            rows.reject(
                    columns.stamp(),
                    RejectCode.BAD_DATE,
                    rows.quoted(columns.stamp()) + " is out of range; expected 1970 to 2199");
            return;
        }
        if (rows.isMissing()) {
            blank(start, end);
        } else {
            put(columns, start, end);
        }
    }

    /** The first instant of the end's that comes after the start. */
    private long endAfter(long start) {
        for (int i = 0; i < clock.count; i++) {
            if (clock.instants[i] > start) {
                return clock.instants[i];
            }
        }
        return Long.MIN_VALUE;
    }

    private boolean isTaken(long start, long end) {
        return days.find(rows.series(), clock.dayHolding(start)) instanceof ExactDay known
                && known.overlapping(start, end) != null;
    }

    /** An empty row says nothing but how the day is divided. */
    private void blank(long start, long end) {
        int day = clock.dayHolding(start);
        if (clock.dayHolding(end - 1) == day) {
            ExactDay open = open(rows.series(), day);
            int weight = open.weight();
            open.putBlank(start, end);
            days.grew(open.weight() - weight);
        }
    }

    private void put(StampColumns columns, long start, long end) {
        int series = rows.series();
        int first = clock.dayHolding(start);
        int last = clock.dayHolding(end - 1);
        for (int day = first; day <= last; day++) {
            ExactDay.@Nullable Exact other = clash(series, day, start, end);
            if (other != null) {
                rows.reject(
                        columns.stamp(),
                        RejectCode.BAD_TIME,
                        rows.quoted(columns.stamp()) + " to " + rows.quoted(columns.end())
                                + " overlaps the interval of line " + other.line() + "; expected separate intervals");
                return;
            }
        }
        byte quality = rows.judged((int) (end - start));
        put(series, start, end, Scaled.rescale(rows.units, rows.scale, Scaled.MAX_SCALE), quality);
    }

    /** Puts a reading into its day, or into each of its days a part of it. */
    void put(int series, long start, long end, long nanoUnits, byte quality) {
        int first = clock.dayHolding(start);
        if (first == clock.dayHolding(end - 1)) {
            put(series, first, new ExactDay.Exact(start, end, nanoUnits, quality, rows.line));
        } else {
            split(series, start, end, nanoUnits, quality);
        }
    }

    /** A reading of the day that shares some, but not all, of its time with this one's part of the day. */
    private ExactDay.@Nullable Exact clash(int series, int day, long start, long end) {
        if (days.find(series, day) instanceof ExactDay known) {
            long from = Math.max(start, calendar.start(day));
            long to = Math.min(end, calendar.start(day + 1));
            ExactDay.Exact other = known.overlapping(from, to);
            return other != null && (other.start() != from || other.end() != to) ? other : null;
        }
        return null;
    }

    /** The last part is the whole without the others, so that the parts sum exactly. */
    private void split(int series, long start, long end, long nanoUnits, byte quality) {
        byte estimated = quality == Quality.ACTUAL.code() ? Quality.ESTIMATED.code() : quality;
        long left = nanoUnits;
        long from = start;
        while (from < end) {
            int day = clock.dayHolding(from);
            long to = Math.min(end, calendar.start(day + 1));
            long part = to == end ? left : share(nanoUnits, to - from, end - start);
            put(series, day, new ExactDay.Exact(from, to, part, estimated, rows.line));
            left -= part;
            from = to;
        }
    }

    private static long share(long nanoUnits, long seconds, long of) {
        return BigDecimal.valueOf(nanoUnits)
                .multiply(BigDecimal.valueOf(seconds))
                .divide(BigDecimal.valueOf(of), 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private void put(int series, int day, ExactDay.Exact exact) {
        ExactDay open = open(series, day);
        ExactDay.@Nullable Exact before = open.rival(exact.start(), exact.end());
        if (before != null) {
            rows.sayDuplicate();
            boolean same = before.start() == exact.start() && before.end() == exact.end();
            if (same && before.nanoUnits() == exact.nanoUnits() && before.quality() == exact.quality()) {
                return;
            }
            days.handOut(open.only(before));
            open.remove(before);
        }
        int weight = open.weight();
        open.put(exact);
        days.grew(open.weight() - weight);
    }

    private ExactDay open(int series, int day) {
        OpenDay found = days.find(series, day);
        if (found instanceof ExactDay known) {
            return known;
        }
        if (found != null) {
            days.close(found);
        }
        ExactDay opened = new ExactDay(series, day, calendar.start(day), calendar.start(day + 1), step);
        days.add(opened);
        return opened;
    }
}
