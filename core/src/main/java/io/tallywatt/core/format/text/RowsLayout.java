package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.SeriesIds;

/** A file of single readings: its table, its columns and its grid. */
class RowsLayout extends TextLayout {
    final StampColumns stamps;
    final ValueColumn value;
    final Grid grid;

    RowsLayout(Table table, StampColumns stamps, ValueColumn value, Grid grid) {
        super(table);
        this.stamps = stamps;
        this.value = value;
        this.grid = grid;
    }

    @Override
    public String format() {
        return RowsFormat.NAME;
    }

    @Override
    TextLayout with(Table settled) {
        return new RowsLayout(settled, stamps, value, grid);
    }

    @Override
    String furtherSettings() {
        String ends = stamps.end() >= 0 ? "start-and-end" : grid.stamps() == Stamps.END ? "end" : "start";
        return "value=" + table.name(value.column()) + " stamps=" + ends + " resolution=" + grid.resolution();
    }

    /** The readings of a day stand in many rows. */
    @Override
    public boolean ordered() {
        return true;
    }

    /** Rows of a time that the clock shows twice are told apart by those before them: they stay together. */
    @Override
    public int partBegin(Chunk chunk) {
        RowsReader reader = new RowsReader(this, new SeriesIds(), Unheard.REMARKS);
        return reader.firstOfOneMeaning(chunk);
    }

    /** Whoever looks ahead says nothing: the row is read again. */
    private enum Unheard implements Remarks {
        REMARKS;

        @Override
        public void reject(Reject reject) {}

        @Override
        public void notice(NoticeCode code, long line, String message) {}
    }

    @Override
    public RowReader reader(SeriesIds ids, Remarks remarks) {
        sayNotices(remarks);
        return new RowsReader(this, ids, remarks);
    }
}
