package io.tallywatt.server.cli;

import io.tallywatt.server.report.Text;
import java.io.PrintStream;
import java.time.Instant;
import java.util.function.LongSupplier;

/** How far a simulated feed is, on the last line of a terminal. Where there is no terminal nothing is written. */
final class FeedProgress {
    private static final long DRAW_EVERY_NANOS = 100_000_000L;
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final int columns;
    private final LongSupplier nanoTime;
    private long drawn;
    private boolean shown;

    /** @param columns of the terminal, 0 where there is none */
    FeedProgress(PrintStream err, int columns, LongSupplier nanoTime) {
        this.err = err;
        this.columns = columns;
        this.nanoTime = nanoTime;
        this.drawn = nanoTime.getAsLong();
    }

    /** Draws it if that has not been done for a while. */
    void advanced(Instant reached, long files) {
        long now = nanoTime.getAsLong();
        if (columns > 0 && now - drawn >= DRAW_EVERY_NANOS) {
            drawn = now;
            shown = true;
            String line = reached + "  " + Text.count(files, "file", "files");
            err.print(ERASE + Text.atMost(line, Math.max(4, columns - 1)));
            err.flush();
        }
    }

    void end() {
        if (shown) {
            shown = false;
            err.print(ERASE);
            err.flush();
        }
    }
}
