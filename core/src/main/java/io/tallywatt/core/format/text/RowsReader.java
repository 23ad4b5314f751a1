package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Resolution;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads rows of single readings and gathers them into days. */
class RowsReader extends ValueReader {
    private final StampColumns columns;
    /** Which cell of the row names its interval, and whether it names its end. */
    int stampColumn;

    boolean ends;
    private final int step;
    final DayCalendar calendar;
    final LocalClock clock;
    final OpenDays days = new OpenDays();
    private final ExactRows exactRows;
    final SeriesText seriesText;

    RowsReader(RowsLayout layout, SeriesIds ids, Remarks remarks) {
        super(layout.table, layout.value, ids, remarks);
        columns = layout.stamps;
        stampColumn = columns.stamp();
        ends = layout.grid.stamps() == Stamps.END;
        step = layout.grid.resolution().seconds();
        calendar = Calendars.of(table.options().zone());
        clock = new LocalClock(calendar);
        seriesText = new SeriesText(ids);
        exactRows = new ExactRows(this, calendar, clock, days, layout.grid.resolution());
    }

    @Override
    boolean hasMeter() {
        int column = table.meterColumn();
        return !table.namesSeries() || cells.isEmpty(column) ? super.hasMeter() : hasSeries(column);
    }

    /** Whether a cell names a series that rows may give; rejects the row if not. */
    final boolean hasSeries(int column) {
        @Nullable String problem = seriesText.problem(bytes, cells.from(column), cells.to(column));
        if (problem != null) {
            reject(column, RejectCode.BAD_SERIES, quoted(column) + problem);
        }
        return problem == null;
    }

    @Override
    int series() {
        return table.namesSeries() ? seriesText.id() : super.series();
    }

    @Override
    public boolean fill(BlockBatch batch) {
        while (days.flush(batch)) {
            if (!nextRow()) {
                return true;
            }
            readRow();
        }
        return false;
    }

    @Override
    public boolean drain(BlockBatch batch) {
        return days.drain(batch);
    }

    /** Where the first row begins whose time the clock shows once; the end of the chunk if there is none. */
    int firstOfOneMeaning(Chunk chunk) {
        start(chunk);
        while (nextRow()) {
            clock.count = 0;
            if (!hasAllCells() || !readInstants(stampColumn, columns.time(), ends) || clock.count <= 1) {
                return rowStart;
            }
        }
        return chunk.to;
    }

    void readRow() {
        if (hasAllCells() && hasMeter() && readValue()) {
            readInterval(columns.end() >= 0);
        }
    }

    /** @param exact whether the row states both ends */
    final void readInterval(boolean exact) {
        if (!readInstants(stampColumn, columns.time(), ends)) {
            return;
        }
        if (exact) {
            exactRows.read(columns);
        } else {
            place();
        }
    }

    /**
     * Reads a stamp and the instants it can mean into {@link #clock}.
     *
     * @return false if the row was rejected
     */
    boolean readInstants(int column, int timeColumn, boolean ending) {
        if (!readStamp(column)) {
            return false;
        }
        if (timeColumn >= 0) {
            if (stamp.parseTime(bytes, cells.from(timeColumn), cells.to(timeColumn)) != StampText.Outcome.FINE) {
                reject(
                        timeColumn,
                        RejectCode.BAD_TIME,
                        quoted(timeColumn) + " is not a time; expected such as 00:30 or 00:30:00");
                return false;
            }
        }
        int second = Math.max(stamp.second, 0);
        if (stamp.offset != StampText.NO_OFFSET) {
            clock.exactly((long) stamp.day * Resolution.DAY_SECONDS + second - stamp.offset);
        } else if (ending) {
            clock.ending(stamp.day, second);
        } else {
            clock.starting(stamp.day, second);
        }
        return clock.count > 0 || dropSkipped(column);
    }

    /** A time that the clock never showed: nothing is lost if nothing was measured. Returns false in any case. */
    private boolean dropSkipped(int column) {
        if (isMissing()) {
            return false;
        }
        if (units == 0) {
            say(NoticeCode.SKIPPED_HOUR_DROPPED, () -> "Zeros in the hour that the clock skipped were dropped");
            return false;
        }
        reject(
                column,
                RejectCode.NONEXISTENT_LOCAL_TIME,
                quoted(column) + " is a time that the clocks of " + calendar.zone()
                        + " skipped; expected a time they showed (is the source in UTC? --zone UTC)");
        return false;
    }

    /** Puts the reading into the first of its possible intervals that no row has taken. */
    private void place() {
        int day = -1;
        int interval = -1;
        for (int i = 0; i < clock.count; i++) {
            long instant = clock.instants[i];
            day = clock.dayHolding(ends ? instant - 1 : instant);
            if (day < 0) {
                reject(
                        stampColumn,
                        RejectCode.BAD_DATE,
                        quoted(stampColumn) + " is out of range; expected 1970 to 2199");
                return;
            }
            interval = interval(day, instant);
            if (interval < 0) {
                return;
            }
            if (clock.count == 1 || !isTaken(day, interval)) {
                break;
            }
        }
        put(day, interval);
    }

    /** The interval of the day that the instant begins (or ends), or -1 if the row was rejected. */
    private int interval(int day, long instant) {
        int length = calendar.seconds(day);
        long since = instant - calendar.start(day);
        if (step == Resolution.DAY_SECONDS) {
            if (since != (ends ? length : 0)) {
                return offGrid("midnight");
            }
            return 0;
        }
        if (length % step != 0) {
            reject(
                    stampColumn,
                    RejectCode.BAD_TIME,
                    "The day " + LocalDate.ofEpochDay(day) + " lasts " + Duration.ofSeconds(length) + " in "
                            + calendar.zone() + " and does not divide into " + new Resolution(step)
                            + "; expected finer readings");
            return -1;
        }
        long begins = ends ? since - step : since;
        return begins % step == 0 ? (int) (begins / step) : offGrid("a multiple of " + new Resolution(step));
    }

    private int offGrid(String expected) {
        reject(stampColumn, RejectCode.OFF_GRID, quoted(stampColumn) + " is off the grid; expected " + expected);
        return -1;
    }

    private boolean isTaken(int day, int interval) {
        return days.find(series(), day) instanceof GridDay known && known.quality(interval) != GridDay.UNSEEN;
    }

    private void put(int day, int interval) {
        if (isMissing()) {
            // Only where the clock shows a time twice does an empty row matter: it stands for the first of them.
            if (clock.count > 1) {
                open(day).putMissing(interval);
            }
            return;
        }
        GridDay open = open(day);
        byte quality = judged(step == Resolution.DAY_SECONDS ? calendar.seconds(day) : step);
        long nanoUnits = Scaled.rescale(units, scale, Scaled.MAX_SCALE);
        if (open.holds(interval)) {
            sayDuplicate();
            if (open.holdsSame(interval, nanoUnits, quality)) {
                return;
            }
            days.handOut(open.only(interval));
        }
        open.put(interval, nanoUnits, scale, quality, line);
    }

    void sayDuplicate() {
        say(
                NoticeCode.DUPLICATE_IN_FILE,
                () -> "The same interval comes again in the file: the later row counts, such as line " + line);
    }

    private GridDay open(int day) {
        int series = series();
        OpenDay found = days.find(series, day);
        if (found instanceof GridDay known) {
            return known;
        }
        if (found != null) {
            days.close(found);
        }
        int intervals = step == Resolution.DAY_SECONDS ? 1 : calendar.seconds(day) / step;
        GridDay opened = new GridDay(series, day, calendar.start(day), step, intervals);
        days.add(opened);
        return opened;
    }
}
