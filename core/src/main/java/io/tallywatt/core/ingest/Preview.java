package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import java.util.List;

/**
 * How a document would be read, without taking it.
 *
 * @param blocks the first few
 * @param rejects the first few, among the rows that were looked at
 */
public record Preview(
        String name,
        String format,
        List<Layout.Decision> decisions,
        List<Parsed> blocks,
        List<Reject> rejects,
        List<Notice> notices) {
    /** @param line where the block's readings start */
    public record Parsed(long line, Series series, DayBlock block) {}
}
