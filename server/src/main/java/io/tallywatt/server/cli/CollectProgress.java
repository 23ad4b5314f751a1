package io.tallywatt.server.cli;

import io.tallywatt.core.source.Question;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** How far a fetch is, on the last line of a terminal: a bar, how many of how many, what is asked. Nothing without one. */
final class CollectProgress implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final int BAR = 20;

    private final LastLine line;
    private final LongSupplier nanoTime;
    private long all;
    private long done;
    private long began;

    /** @param columns of the terminal, 0 where there is none */
    CollectProgress(PrintStream err, int columns, LongSupplier nanoTime) {
        this.line = new LastLine(err, columns, nanoTime);
        this.nanoTime = nanoTime;
    }

    void begin(long count) {
        all = count;
        began = nanoTime.getAsLong();
        line.begin();
    }

    /** What is being asked. */
    void at(Question question) {
        String what =
                question.what() + " " + question.window().start().toString().substring(0, 10);
        line.drawNow(() -> text(what));
    }

    void done(String what) {
        done++;
        line.draw(() -> text(what));
    }

    private String text(String what) {
        int full = all == 0 ? BAR : (int) (BAR * done / all);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + done + " of " + all + left() + "  " + what;
    }

    private String left() {
        if (done == 0) {
            return "";
        }
        long seconds = (nanoTime.getAsLong() - began) / NANOS * (all - done) / done;
        return seconds < 2 ? "" : seconds < 120 ? ", " + seconds + " s left" : ", " + (seconds + 59) / 60 + " min left";
    }

    /** Makes way for a line of the answer. */
    void erase() {
        line.erase();
    }

    @Override
    public void close() {
        line.close();
    }
}
