package io.tallywatt.server.cli;

import io.tallywatt.core.source.Question;
import io.tallywatt.server.report.Text;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** How far a fetch is, on the last line of a terminal: a bar, how many of how many, what is asked. Nothing without one. */
final class CollectProgress implements AutoCloseable {
    private static final long DRAW_EVERY_NANOS = 100_000_000L;
    private static final long NANOS = 1_000_000_000L;
    private static final int BAR = 20;
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final int columns;
    private final LongSupplier nanoTime;
    private long all;
    private long done;
    private long began;
    private long drawn;
    private String name = "";
    private boolean shown;
    /** Run when the program is interrupted, so that no half line stays behind. */
    private final Thread atExit = new Thread(this::erase, "collect-progress");

    /** @param columns of the terminal, 0 where there is none */
    CollectProgress(PrintStream err, int columns, LongSupplier nanoTime) {
        this.err = err;
        this.columns = columns;
        this.nanoTime = nanoTime;
    }

    synchronized void begin(long count) {
        all = count;
        if (columns > 0) {
            try {
                Runtime.getRuntime().addShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The program ends already: nothing was drawn yet.
            }
        }
        began = nanoTime.getAsLong();
        drawn = began - DRAW_EVERY_NANOS;
    }

    /** What is being asked. */
    synchronized void at(Question question) {
        name = question.what() + " " + question.window().start().toString().substring(0, 10);
        draw();
    }

    void done(Question question) {
        done(question.what());
    }

    synchronized void done(String what) {
        done++;
        name = what;
        draw();
    }

    private void draw() {
        long now = nanoTime.getAsLong();
        if (columns == 0 || all == 0 || now - drawn < DRAW_EVERY_NANOS) {
            return;
        }
        drawn = now;
        shown = true;
        int full = (int) (BAR * done / all);
        String line =
                "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + done + " of " + all + left(now) + "  " + name;
        err.print(ERASE + Text.atMost(line, Math.max(4, columns - 1)));
        err.flush();
    }

    private String left(long now) {
        if (done == 0) {
            return "";
        }
        long seconds = (now - began) / NANOS * (all - done) / done;
        return seconds < 2 ? "" : seconds < 120 ? ", " + seconds + " s left" : ", " + (seconds + 59) / 60 + " min left";
    }

    /** Makes room for a line of the answer. */
    synchronized void erase() {
        if (shown) {
            shown = false;
            err.print(ERASE);
            err.flush();
        }
    }

    @Override
    public void close() {
        erase();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends: it is being run.
        }
    }
}
