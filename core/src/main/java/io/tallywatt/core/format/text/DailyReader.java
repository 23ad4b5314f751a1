package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Resolution;

/** Reads daily totals: a block of one interval per row. */
final class DailyReader extends ValueReader {
    private final DayCalendar calendar;

    DailyReader(DailyLayout layout, SeriesIds ids, Remarks remarks) {
        super(layout.table, layout.value, ids, remarks);
        calendar = Calendars.of(table.options().zone());
    }

    @Override
    public boolean fill(BlockBatch batch) {
        while (!batch.isFull()) {
            if (!nextRow()) {
                return true;
            }
            readRow(batch);
        }
        return position >= to;
    }

    @Override
    public boolean drain(BlockBatch batch) {
        return true;
    }

    private void readRow(BlockBatch batch) {
        if (!hasAllCells() || !hasMeter() || !readValue() || !readDate(table.dateColumn()) || isMissing()) {
            return;
        }
        int seconds = calendar.seconds(stamp.day);
        if (seconds <= 0) {
            reject(
                    table.dateColumn(),
                    RejectCode.NONEXISTENT_LOCAL_TIME,
                    DayPlans.neverWas(stamp.day, calendar.zone()));
            return;
        }
        byte quality = judged(seconds);
        int at = batch.begin(1);
        batch.values[at] = units;
        batch.qualities[at] = quality;
        batch.commit(
                series(), stamp.day, calendar.start(stamp.day), Resolution.DAY_SECONDS, scale, 1, quality != 0, line);
    }
}
