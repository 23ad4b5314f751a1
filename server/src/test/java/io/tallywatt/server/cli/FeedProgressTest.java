package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedProgressTest {
    private static final Instant REACHED = Instant.parse("2026-11-25T10:05:00Z");
    private static final long TENTH = 100_000_000L;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long nanos;

    private FeedProgress progress(int columns) {
        return new FeedProgress(new PrintStream(err, true, StandardCharsets.UTF_8), columns, () -> nanos);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isDrawnTenTimesASecondAndGoneAtTheEnd() {
        FeedProgress progress = progress(80);
        progress.advanced(REACHED, 1);
        assertThat(shown()).isEmpty();
        nanos += TENTH;
        progress.advanced(REACHED, 1234);
        progress.advanced(REACHED, 1235);
        nanos += TENTH;
        progress.advanced(REACHED.plusSeconds(300), 1250);
        progress.end();
        progress.end();

        assertThat(shown())
                .isEqualTo("\r\033[K2026-11-25T10:05:00Z  1,234 files"
                        + "\r\033[K2026-11-25T10:10:00Z  1,250 files\r\033[K");
    }

    @Test
    void fitsTheTerminal() {
        FeedProgress progress = progress(20);
        nanos += TENTH;
        progress.advanced(REACHED, 1);

        assertThat(shown()).isEqualTo("\r\033[K2026-11-25T10:05...");
    }

    @Test
    void whereThereIsNoTerminalNothingIsWritten() {
        FeedProgress progress = progress(0);
        nanos += TENTH;
        progress.advanced(REACHED, 1);
        progress.end();

        assertThat(shown()).isEmpty();
    }
}
