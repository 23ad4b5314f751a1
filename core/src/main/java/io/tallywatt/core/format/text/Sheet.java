package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The head of a document by one delimiter: its first rows as cells, and where they stand. */
final class Sheet {
    /** Rows looked at to tell what columns hold. */
    private static final int SAMPLE = 40;

    final Head head;
    final byte delimiter;
    /** The first rows that are not blank. */
    final List<Row> rows = new ArrayList<>();

    /**
     * One row.
     *
     * @param end offset behind it
     * @param line 1-based line where it starts
     */
    record Row(int start, int end, long line, String[] cells) {
        String cell(int column) {
            return column < cells.length ? cells[column] : "";
        }
    }

    Sheet(Head head, int start, long startLine, byte delimiter) {
        this.head = head;
        this.delimiter = delimiter;
        byte[] bytes = head.bytes();
        Cells cells = new Cells(delimiter);
        int at = start;
        long line = startLine;
        while (at < bytes.length && rows.size() < SAMPLE) {
            int end = RecordEnds.end(bytes, at, bytes.length);
            cells.split(bytes, at, end);
            if (!cells.allEmpty() && !isTorn(bytes, end)) {
                rows.add(new Row(at, end, line, cells.texts()));
            }
            line += lineFeeds(bytes, at, end);
            at = end;
        }
    }

    /** Whether the head ends in the middle of this row, so that its last cells prove nothing. */
    private boolean isTorn(byte[] bytes, int end) {
        return !head.whole() && !rows.isEmpty() && end == bytes.length && bytes[end - 1] != '\n';
    }

    static int lineFeeds(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    /** Most cells in one of the first rows. */
    int width() {
        int width = 0;
        for (Row row : rows) {
            width = Math.max(width, row.cells().length);
        }
        return width;
    }

    /** Cells of the first row, without those at the end that are empty in all of the first rows. */
    int filledWidth() {
        int width = rows.getFirst().cells().length;
        while (width > 0 && column(-1, width - 1).isEmpty()) {
            width--;
        }
        return width;
    }

    /** Whether the first row already holds a date, so that there is no header. */
    boolean isHeaderless() {
        return !rows.isEmpty() && holds(rows.getFirst(), cell -> Samples.isDate(cell) || Samples.isStamp(cell));
    }

    /** Whether a row may be the header of those behind it: words, no dates and no numbers. */
    boolean mayBeHeader(int row) {
        return rows.get(row).cells().length > 1
                && !holds(
                        rows.get(row),
                        cell -> Samples.isDate(cell)
                                || Samples.isStamp(cell)
                                || !cell.isEmpty() && Samples.isNumber(cell));
    }

    private static boolean holds(Row row, Predicate<String> what) {
        for (String cell : row.cells()) {
            if (what.test(cell)) {
                return true;
            }
        }
        return false;
    }

    /** Rows behind a header, or all rows for -1. */
    List<Row> samples(int header) {
        return rows.subList(header + 1, rows.size());
    }

    /** The filled cells of a column in the sample. */
    List<String> column(int header, int column) {
        List<String> cells = new ArrayList<>();
        for (Row row : samples(header)) {
            if (!row.cell(column).isEmpty()) {
                cells.add(row.cell(column));
            }
        }
        return cells;
    }
}
