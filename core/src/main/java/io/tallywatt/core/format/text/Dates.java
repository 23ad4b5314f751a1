package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is settled about the order of numeric dates in one document.
 *
 * @param order null where the head's dates name their parts themselves (ISO, month names): others are refused then
 * @param why {@code option}, {@code values}, {@code default}
 * @param open whether a later row may still settle it
 * @param text the date that settled it, or empty
 * @param line where that stands
 */
record Dates(@Nullable DateOrder order, String why, boolean open, String text, long line) {
    /** Looks at the dates of the head. */
    static Dates ofHead(Sheet sheet, int header, int column, ReadingOptions options) {
        if (options.dateOrder() != null) {
            return new Dates(options.dateOrder(), "option", false, "", 0);
        }
        byte[] bytes = sheet.head.bytes();
        Chunk chunk = new Chunk(bytes);
        int at = header < 0
                ? sheet.rows.getFirst().start()
                : sheet.rows.get(header).end();
        chunk.from = at;
        chunk.firstLine = header < 0
                ? sheet.rows.getFirst().line()
                : sheet.rows.get(header).line()
                        + Sheet.lineFeeds(bytes, sheet.rows.get(header).start(), at);
        chunk.to = sheet.head.whole() ? bytes.length : RecordEnds.lastEnd(bytes, at, bytes.length);
        Dates undecided = new Dates(DateOrder.DAY_FIRST, "default", true, "", 0);
        return undecided.scan(chunk, sheet.delimiter, column, new Dates(null, "values", false, "", 0));
    }

    /** Settles what is open by the rows of a chunk; this if they do not tell. */
    Dates after(Chunk chunk, byte delimiter, int column) {
        return open ? scan(chunk, delimiter, column, this) : this;
    }

    /** Looks for a part over 12. {@code otherwise} is the answer if no date of the chunk has an order at all. */
    private Dates scan(Chunk chunk, byte delimiter, int column, Dates otherwise) {
        Cells cells = new Cells(delimiter);
        StampText stamp = new StampText();
        long line = chunk.firstLine;
        boolean seen = false;
        int at = chunk.from;
        while (at < chunk.to) {
            int end = RecordEnds.end(chunk.bytes, at, chunk.to);
            cells.split(chunk.bytes, at, end, column + 1);
            if (cells.count() > column) {
                var _ = stamp.parse(chunk.bytes, cells.from(column), cells.to(column), null);
                if (stamp.told != null) {
                    return new Dates(stamp.told, "values", false, cells.text(column), line);
                }
                seen |= stamp.orderMatters;
            }
            line += Sheet.lineFeeds(chunk.bytes, at, end);
            at = end;
        }
        return seen ? this : otherwise;
    }

    /** In words: {@code day first}, {@code month first}, {@code ISO}. */
    String inWords() {
        return order == null ? "ISO" : order == DateOrder.DAY_FIRST ? "day first" : "month first";
    }

    /** What a numeric date of this order looks like. */
    String example() {
        return order == null ? "2024-03-31" : order == DateOrder.DAY_FIRST ? "31/03/2024" : "03/31/2024";
    }
}
