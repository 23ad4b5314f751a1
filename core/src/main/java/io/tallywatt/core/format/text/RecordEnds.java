package io.tallywatt.core.format.text;

/**
 * Where rows end: at a line feed that is not inside a quoted cell. Whoever cuts a document into chunks and whoever reads
 * the chunks must agree on that, so both ask here.
 *
 * <p>A quote opens a quoted cell only at the start of a cell, and only if a closing quote stands at the end of a cell no
 * further than {@link #LONGEST_CELL} away. Any other quote is an ordinary character: one stray quote spoils its own row,
 * not the rest of the file.
 */
public final class RecordEnds {
    /** Longest quoted cell; the bound keeps a quote that is never closed from swallowing the file. */
    public static final int LONGEST_CELL = 8 * 1024;

    /** Marks a row with quoted cells, above its end. */
    static final long QUOTED = 1L << 32;

    private RecordEnds() {}

    /**
     * Where to cut a document that goes on after {@code to}.
     *
     * @return the position after the last row that certainly ends in {@code bytes[from..to)}; {@code from} if none does
     */
    public static int lastEnd(byte[] bytes, int from, int to) {
        if (!hasQuote(bytes, from, to)) {
            int end = to;
            while (end > from && bytes[end - 1] != '\n') {
                end--;
            }
            return end;
        }
        int end = from;
        while (true) {
            long next = next(bytes, end, to, true);
            if (next < 0) {
                return end;
            }
            end = (int) next;
        }
    }

    /** The position after the row that starts at {@code from}: after its line feed, or {@code to}. */
    static int end(byte[] bytes, int from, int to) {
        return (int) row(bytes, from, to);
    }

    /** As {@link #end}, with {@link #QUOTED} set where the row has quoted cells, which may hold line feeds. */
    static long row(byte[] bytes, int from, int to) {
        long next = next(bytes, from, to, false);
        return next < 0 ? to | QUOTED : next;
    }

    /** The position after the row's line feed, or -1 if it is not there (or, with more to come, not certain). */
    private static long next(byte[] bytes, int from, int to, boolean more) {
        boolean cellStart = true;
        long quoted = 0;
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c == '\n') {
                return i + 1 | quoted;
            }
            if (c == '"' && cellStart) {
                int close = closingQuote(bytes, i, to);
                if (close >= 0) {
                    i = close;
                    quoted = QUOTED;
                } else if (more && to - i <= LONGEST_CELL) {
                    return -1;
                }
                cellStart = false;
            } else if (c == ',' || c == ';' || c == '\t' || c == '|') {
                cellStart = true;
            } else if (c != ' ') {
                cellStart = false;
            }
        }
        return -1;
    }

    /** The quote that closes the cell opened at {@code open}, or -1 if that is no quoted cell. */
    static int closingQuote(byte[] bytes, int open, int to) {
        int limit = Math.min(to, open + LONGEST_CELL);
        for (int i = open + 1; i < limit; i++) {
            if (bytes[i] == '"') {
                if (i + 1 < limit && bytes[i + 1] == '"') {
                    i++;
                } else {
                    return endsCell(bytes, i + 1, to) ? i : -1;
                }
            }
        }
        return -1;
    }

    private static boolean endsCell(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] == ' ' || bytes[i] == '\r')) {
            i++;
        }
        return i == to || bytes[i] == ',' || bytes[i] == ';' || bytes[i] == '\t' || bytes[i] == '|' || bytes[i] == '\n';
    }

    private static boolean hasQuote(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '"') {
                return true;
            }
        }
        return false;
    }
}
