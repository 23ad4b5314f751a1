package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.SeriesIds;

/** A wide file: its table, its value columns and how they fall on the days of the zone. */
final class WideLayout extends TextLayout {
    final ValueColumns values;
    /** Column of the stated total, or -1. */
    final int totalColumn;

    final DayPlans plans;

    WideLayout(Table table, ValueColumns values, int totalColumn) {
        this(
                table,
                values,
                totalColumn,
                new DayPlans(Calendars.of(table.options().zone()), values));
    }

    private WideLayout(Table table, ValueColumns values, int totalColumn, DayPlans plans) {
        super(table);
        this.values = values;
        this.totalColumn = totalColumn;
        this.plans = plans;
    }

    @Override
    public String format() {
        return WideFormat.NAME;
    }

    @Override
    TextLayout with(Table settled) {
        return new WideLayout(settled, values, totalColumn, plans);
    }

    @Override
    String furtherSettings() {
        String stamps = values.stamps() == null ? "numbered" : values.ends() ? "end" : "start";
        return "values=" + (values.from() + 1) + "+" + values.count() + " stamps=" + stamps + " resolution="
                + values.resolution();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public RowReader reader(SeriesIds ids, Remarks remarks) {
        sayNotices(remarks);
        return new WideReader(this, ids, remarks);
    }
}
