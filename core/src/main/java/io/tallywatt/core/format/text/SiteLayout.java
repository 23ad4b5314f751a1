package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.SeriesIds;
import java.time.Instant;

/** A document of sites' records. */
final class SiteLayout extends JsonLayout {
    /** When the document was received: no record is of a time after it. */
    final Instant receivedAt;

    SiteLayout(Table table, Grid grid, Instant receivedAt) {
        super(table, grid);
        this.receivedAt = receivedAt;
    }

    @Override
    public String format() {
        return SiteFormat.NAME;
    }

    @Override
    TextLayout with(Table settled) {
        return new SiteLayout(settled, grid, receivedAt);
    }

    @Override
    String furtherSettings() {
        return "stamps=" + (grid.stamps() == Stamps.END ? "end" : "start") + " interval=" + grid.resolution();
    }

    @Override
    public RowReader reader(SeriesIds ids, Remarks remarks) {
        sayNotices(remarks);
        return new SiteReader(this, ids, remarks);
    }
}
