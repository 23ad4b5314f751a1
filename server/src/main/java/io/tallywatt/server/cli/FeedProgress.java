package io.tallywatt.server.cli;

import io.tallywatt.server.report.Text;
import java.io.PrintStream;
import java.time.Instant;
import java.util.function.LongSupplier;

/** How far a simulated feed is, on the last line of a terminal. Where there is no terminal nothing is written. */
final class FeedProgress {
    private final LastLine line;

    /** @param columns of the terminal, 0 where there is none */
    FeedProgress(PrintStream err, int columns, LongSupplier nanoTime) {
        this.line = new LastLine(err, columns, nanoTime);
    }

    /** Draws it if that has not been done for a while. */
    void advanced(Instant reached, long files) {
        line.draw(() -> reached + "  " + Text.count(files, "file", "files"));
    }

    void end() {
        line.erase();
    }
}
