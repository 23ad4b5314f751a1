package io.tallywatt.server.cli;

import io.tallywatt.core.ingest.Progress;
import io.tallywatt.server.report.Text;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far an ingest is, on the last line of a terminal: bytes, share, rows a second, time left. Drawn over itself, and gone
 * at the end. Where there is no terminal nothing is written.
 */
final class ProgressLine implements Progress, AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final int BAR = 10;

    private final LastLine line;
    private final LongSupplier nanoTime;

    private long total;
    /** Bytes of the files that are done with. */
    private long filesDone;
    /** Bytes of the documents done with in the file at hand. */
    private long documentsDone;
    /** Bytes of the document at hand. */
    private long bytes;

    private long rows;
    private long rowsOfDocument;
    private String name = "";
    private long began;

    /** @param columns of the terminal, 0 where there is none */
    ProgressLine(PrintStream err, int columns, LongSupplier nanoTime) {
        this.line = new LastLine(err, columns, nanoTime);
        this.nanoTime = nanoTime;
    }

    /** @param all bytes to come, as far as they are known */
    synchronized void begin(long all) {
        total = all;
        began = nanoTime.getAsLong();
        line.begin();
    }

    synchronized void document(String document) {
        name = document;
        bytes = 0;
        rowsOfDocument = 0;
    }

    @Override
    public synchronized void advanced(long packedBytes, long moreRows) {
        if (packedBytes < bytes / 2) {
            // The store reads the document a second time: its rows were counted.
            rows -= rowsOfDocument;
            rowsOfDocument = 0;
        }
        bytes = packedBytes;
        rows += moreRows;
        rowsOfDocument += moreRows;
        line.draw(this::line);
    }

    synchronized void documentDone(long packedSize) {
        documentsDone += Math.max(0, packedSize);
        bytes = 0;
        rowsOfDocument = 0;
    }

    synchronized void fileDone(long size) {
        filesDone += size;
        documentsDone = 0;
        bytes = 0;
    }

    private String line() {
        long now = nanoTime.getAsLong();
        long done = filesDone + documentsDone + bytes;
        // Standard input is not among the bytes that were known.
        long all = Math.max(total, done);
        long seconds = Math.max(1, (now - began) / NANOS);
        String numbers = String.format(
                Locale.ROOT,
                "%s %3d %%  %s of %s  %,d rows/s  %s left",
                bar(done, all),
                all == 0 ? 100 : percent(done, all),
                size(done),
                size(all),
                rows * NANOS / Math.max(1, now - began),
                time(done == 0 ? 0 : (all - done) * seconds / Math.max(1, done)));
        int room = line.room() - numbers.length() - 2;
        String file = room < 8 ? "" : Text.endOf(Text.clean(name), Math.min(room, 30)) + "  ";
        return file + numbers;
    }

    private static long percent(long done, long all) {
        return Math.min(100, done * 100 / all);
    }

    private static String bar(long done, long all) {
        int full = (int) (percent(done, Math.max(1, all)) * BAR / 100);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    private static String size(long bytes) {
        return bytes < 10_000_000 ? Text.count((bytes + 999) / 1000) + " kB" : Text.count(bytes / 1_000_000) + " MB";
    }

    private static String time(long seconds) {
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** Makes way for a line of the report. */
    void clear() {
        line.erase();
    }

    @Override
    public void close() {
        line.close();
    }
}
