package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.time.Resolution;

/** A file of daily totals: its table and its value column. */
final class DailyLayout extends TextLayout {
    final ValueColumn value;

    DailyLayout(Table table, ValueColumn value) {
        super(table);
        this.value = value;
    }

    @Override
    public String format() {
        return DailyFormat.NAME;
    }

    @Override
    TextLayout with(Table settled) {
        return new DailyLayout(settled, value);
    }

    @Override
    String furtherSettings() {
        return "value=" + table.name(value.column()) + " resolution=" + Resolution.DAY;
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public RowReader reader(SeriesIds ids, Remarks remarks) {
        sayNotices(remarks);
        return new DailyReader(this, ids, remarks);
    }
}
