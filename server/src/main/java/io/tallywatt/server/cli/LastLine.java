package io.tallywatt.server.cli;

import io.tallywatt.server.report.Text;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The last line of a terminal, drawn over itself up to ten times a second, and gone at the end, also where the program is
 * interrupted. Where there is no terminal nothing is written. Safe for several threads.
 */
final class LastLine implements AutoCloseable {
    private static final long DRAW_EVERY_NANOS = 100_000_000L;
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final int columns;
    private final LongSupplier nanoTime;
    private final Thread atExit = new Thread(this::end, "last-line");
    private long drawn;
    private boolean shown;
    private boolean ended;

    /** @param columns of the terminal, 0 where there is none */
    LastLine(PrintStream err, int columns, LongSupplier nanoTime) {
        this.err = err;
        this.columns = columns;
        this.nanoTime = nanoTime;
        this.drawn = nanoTime.getAsLong();
    }

    /** From now on no half line stays behind whatever ends the program. */
    synchronized void begin() {
        drawn = nanoTime.getAsLong();
        if (columns > 0) {
            try {
                Runtime.getRuntime().addShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // The program ends already.
                ended = true;
            }
        }
    }

    /** How much fits. */
    int room() {
        return Math.max(4, columns - 1);
    }

    /** @param line asked for only where it is drawn; cut to the terminal's width */
    synchronized void draw(Supplier<String> line) {
        if (nanoTime.getAsLong() - drawn >= DRAW_EVERY_NANOS) {
            drawNow(line);
        }
    }

    /** Draws it whenever it was drawn last: what follows may take a while. */
    synchronized void drawNow(Supplier<String> line) {
        if (columns > 0 && !ended) {
            drawn = nanoTime.getAsLong();
            shown = true;
            err.print(ERASE + Text.atMost(line.get(), room()));
            err.flush();
        }
    }

    /** Makes way for a line that stays. */
    synchronized void erase() {
        if (shown) {
            shown = false;
            err.print(ERASE);
            err.flush();
        }
    }

    private synchronized void end() {
        erase();
        ended = true;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends: it is being run.
        }
    }
}
