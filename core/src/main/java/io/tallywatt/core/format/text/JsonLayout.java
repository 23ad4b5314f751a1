package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.util.Objects;

/** A document of objects: a table with a column for each role, whatever the keys are called. */
class JsonLayout extends RowsLayout {
    private final ReadingOptions options;

    JsonLayout(Table table, Grid grid) {
        super(
                table,
                new StampColumns(JsonKeys.START, -1, JsonKeys.END),
                new ValueColumn(JsonKeys.VALUE, JsonKeys.QUALITY, "keys"),
                grid);
        options = table.options();
    }

    @Override
    public String format() {
        return JsonFormat.NAME;
    }

    @Override
    TextLayout with(Table settled) {
        return new JsonLayout(settled, grid);
    }

    @Override
    String furtherSettings() {
        Series series = options.series();
        String named = series != null ? series.toString() : Objects.requireNonNullElse(options.meter(), "none");
        return "default=" + named
                + " meter-key=" + Objects.requireNonNullElse(options.meterColumn(), "by-words")
                + " value-key=" + Objects.requireNonNullElse(options.valueColumn(), "by-words")
                + " stamps=" + (grid.stamps() == Stamps.END ? "end" : "start")
                + " resolution=" + grid.resolution();
    }

    /** The reader puts objects together again, so it has to see them from the beginning. */
    @Override
    public boolean divisible() {
        return false;
    }

    @Override
    public int lastEnd(byte[] bytes, int from, int to) {
        return to;
    }

    /** Whether an object with one stamp names the end of its interval. */
    boolean namesEnd(boolean hasStart) {
        if (options.stamps() != null) {
            return options.stamps() == Stamps.END;
        }
        return !hasStart || grid.stamps() == Stamps.END && grid.stampsWhy().equals("values");
    }

    /** Whether objects may leave out whose reading it is. */
    boolean namesDefault() {
        return options.series() != null || options.meter() != null;
    }

    @Override
    public RowReader reader(SeriesIds ids, Remarks remarks) {
        sayNotices(remarks);
        return new JsonReader(this, ids, remarks);
    }
}
