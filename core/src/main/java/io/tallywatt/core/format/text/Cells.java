package io.tallywatt.core.format.text;

import java.util.Arrays;

/** The cells of one row, as ranges of its bytes, without blanks and quotes round them. Reused from row to row. */
final class Cells {
    private final byte delimiter;
    private byte[] bytes = {};
    private int[] from = new int[64];
    private int[] to = new int[64];
    /** Cells with doubled quotes inside; nearly always none. */
    private boolean[] escaped = new boolean[64];

    private int count;
    private boolean openQuote;

    Cells(byte delimiter) {
        this.delimiter = delimiter;
    }

    /** Splits a row; {@code end} may include its line end. */
    void split(byte[] row, int start, int end) {
        split(row, start, end, Integer.MAX_VALUE);
    }

    /** Splits no more than so many cells off a row. */
    void split(byte[] row, int start, int end, int most) {
        bytes = row;
        count = 0;
        openQuote = false;
        int stop = end;
        while (stop > start && (row[stop - 1] == '\n' || row[stop - 1] == '\r')) {
            stop--;
        }
        int at = start;
        while (count < most) {
            at = cell(at, stop);
            if (at >= stop) {
                break;
            }
            at++;
            if (at == stop) {
                add(at, at, false);
                break;
            }
        }
    }

    /** Begins a row whose cells are found by other means than delimiters: so many empty ones, to be {@link #set}. */
    void begin(byte[] row, int size) {
        bytes = row;
        count = 0;
        openQuote = false;
        for (int i = 0; i < size; i++) {
            add(0, 0, false);
        }
    }

    void set(int cell, int start, int end) {
        from[cell] = start;
        to[cell] = end;
    }

    /** Takes one cell; returns the position of the delimiter behind it, or {@code stop}. */
    private int cell(int start, int stop) {
        int i = start;
        while (i < stop && blank(bytes[i])) {
            i++;
        }
        if (i < stop && bytes[i] == '"') {
            int close = RecordEnds.closingQuote(bytes, i, stop);
            int after = close < 0 ? -1 : skipBlanks(close + 1, stop);
            if (after == stop || after >= 0 && bytes[after] == delimiter) {
                quoted(i + 1, close);
                return after;
            }
            openQuote |= close < 0;
        }
        int end = i;
        while (end < stop && bytes[end] != delimiter) {
            end++;
        }
        int last = end;
        while (last > i && blank(bytes[last - 1])) {
            last--;
        }
        add(i, last, false);
        return end;
    }

    private void quoted(int start, int end) {
        boolean doubled = false;
        for (int i = start; i < end && !doubled; i++) {
            doubled = bytes[i] == '"';
        }
        int first = start;
        int last = end;
        while (first < last && blank(bytes[first])) {
            first++;
        }
        while (last > first && blank(bytes[last - 1])) {
            last--;
        }
        add(first, last, doubled);
    }

    private int skipBlanks(int start, int stop) {
        int i = start;
        while (i < stop && blank(bytes[i])) {
            i++;
        }
        return i;
    }

    private boolean blank(byte c) {
        return c == ' ' || c == '\t' && delimiter != '\t' || c == '\r';
    }

    private void add(int start, int end, boolean doubled) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            escaped = Arrays.copyOf(escaped, count * 2);
        }
        from[count] = start;
        to[count] = end;
        escaped[count] = doubled;
        count++;
    }

    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    int from(int cell) {
        return from[cell];
    }

    int to(int cell) {
        return to[cell];
    }

    boolean isEmpty(int cell) {
        return from[cell] == to[cell];
    }

    boolean isEscaped(int cell) {
        return escaped[cell];
    }

    /** Whether a quote was opened and never closed: the sign of a row cut off in the middle. */
    boolean hasOpenQuote() {
        return openQuote;
    }

    boolean allEmpty() {
        for (int i = 0; i < count; i++) {
            if (from[i] != to[i]) {
                return false;
            }
        }
        return true;
    }

    String text(int cell) {
        String text = Printable.decode(bytes, from[cell], to[cell]);
        return escaped[cell] ? text.replace("\"\"", "\"") : text;
    }

    String[] texts() {
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = text(i);
        }
        return texts;
    }
}
