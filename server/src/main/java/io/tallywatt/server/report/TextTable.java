package io.tallywatt.server.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An aligned table. The widths are those of the first thousand rows; rows beyond go straight through, so that a table of a
 * million rows takes no memory.
 */
public final class TextTable implements AutoCloseable {
    private static final int LOOKED_AT = 1_000;
    private static final String GAP = "  ";

    /** Where a column's cells stand. */
    public enum Align {
        LEFT,
        RIGHT,
        /** With the decimal points below each other. */
        POINT
    }

    /** A column. */
    public record Column(String title, Align align) {
        public static Column left(String title) {
            return new Column(title, Align.LEFT);
        }

        public static Column right(String title) {
            return new Column(title, Align.RIGHT);
        }

        public static Column point(String title) {
            return new Column(title, Align.POINT);
        }
    }

    private final Output out;
    private final List<Column> columns;
    private final int[] widths;
    /** Of the part from the decimal point on. */
    private final int[] fractions;

    private final List<List<String>> waiting = new ArrayList<>();
    private boolean started;

    public TextTable(Output out, Column... columns) {
        this.out = out;
        this.columns = List.of(columns);
        this.widths = new int[columns.length];
        this.fractions = new int[columns.length];
    }

    /** One cell per column. */
    public void row(String... cells) throws IOException {
        if (started) {
            write(List.of(cells));
            return;
        }
        waiting.add(List.of(cells));
        if (waiting.size() == LOOKED_AT) {
            start();
        }
    }

    private void start() throws IOException {
        started = true;
        for (int c = 0; c < columns.size(); c++) {
            boolean point = columns.get(c).align() == Align.POINT;
            for (List<String> row : waiting) {
                fractions[c] = Math.max(fractions[c], point ? fraction(row.get(c)) : 0);
            }
            widths[c] = columns.get(c).title().length();
            for (List<String> row : waiting) {
                String cell = row.get(c);
                widths[c] = Math.max(widths[c], point ? cell.length() - fraction(cell) + fractions[c] : cell.length());
            }
        }
        StringBuilder titles = new StringBuilder();
        for (int c = 0; c < columns.size(); c++) {
            put(titles, c, columns.get(c).title(), columns.get(c).align() != Align.LEFT);
        }
        line(titles);
        for (List<String> row : waiting) {
            write(row);
        }
        waiting.clear();
    }

    private static int fraction(String cell) {
        int point = cell.indexOf('.');
        return point < 0 ? 0 : cell.length() - point;
    }

    private void write(List<String> row) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < columns.size(); c++) {
            String cell = row.get(c);
            if (columns.get(c).align() == Align.POINT) {
                cell = cell + " ".repeat(Math.max(0, fractions[c] - fraction(cell)));
            }
            put(line, c, cell, columns.get(c).align() != Align.LEFT);
        }
        line(line);
    }

    private void put(StringBuilder line, int c, String cell, boolean right) {
        String padding = " ".repeat(Math.max(0, widths[c] - cell.length()));
        line.append(c == 0 ? "" : GAP).append(right ? padding : "").append(cell).append(right ? "" : padding);
    }

    private void line(StringBuilder line) throws IOException {
        out.write((line.toString().stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes what is waiting; a table without rows is not shown at all. */
    @Override
    public void close() throws IOException {
        if (!started && !waiting.isEmpty()) {
            start();
        }
        out.flush();
    }
}
