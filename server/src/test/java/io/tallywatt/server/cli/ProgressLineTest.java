package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong(5 * SECOND);

    private ProgressLine line(int columns) {
        return new ProgressLine(new PrintStream(screen, true, StandardCharsets.UTF_8), columns, now::get);
    }

    /** What the last redraw left on the line. */
    private String shown() {
        String all = screen.toString(StandardCharsets.UTF_8);
        return all.substring(all.lastIndexOf("\r\033[K") + 4);
    }

    @Test
    void showsBytesShareSpeedAndTimeLeft() {
        ProgressLine line = line(100);
        line.begin(400_000_000);
        line.document("meters.csv");
        now.addAndGet(10 * SECOND);
        line.advanced(100_000_000, 500_000);

        assertThat(shown()).isEqualTo("meters.csv  [##--------]  25 %  100 MB of 400 MB  50,000 rows/s  0:30 left");
    }

    @Test
    void neverGoesBeyondTheLine() {
        ProgressLine line = line(60);
        line.begin(400_000_000);
        line.document("a/very/long/way/to/meters.csv");
        now.addAndGet(SECOND);
        line.advanced(100_000_000, 5_000_000);

        assertThat(shown().length()).isLessThan(60);
    }

    @Test
    void isDrawnTenTimesASecondAtMost() {
        ProgressLine line = line(80);
        line.begin(1000);
        for (int i = 0; i < 1000; i++) {
            now.addAndGet(SECOND / 1000);
            line.advanced(i, 1);
        }

        assertThat(screen.toString(StandardCharsets.UTF_8).split("\r", -1).length)
                .isBetween(9, 12);
    }

    @Test
    void makesWayForTheReportAndIsGoneAtTheEnd() {
        ProgressLine line = line(80);
        line.begin(1000);
        now.addAndGet(SECOND);
        line.advanced(10, 1);
        line.clear();
        assertThat(shown()).isEmpty();

        int written = screen.size();
        line.close();
        now.addAndGet(SECOND);
        line.advanced(20, 1);
        assertThat(screen.size()).as("nothing after the end").isEqualTo(written);
    }

    @Test
    void aSecondPassDoesNotCountItsRowsTwice() {
        ProgressLine line = line(100);
        line.begin(1_000_000_000);
        line.document("a");
        now.addAndGet(SECOND);
        line.advanced(900_000_000, 1000);
        now.addAndGet(SECOND);
        line.advanced(100_000_000, 500);

        assertThat(shown()).contains("250 rows/s").contains("10 %");
    }

    @Test
    void filesAndArchiveEntriesAddUp() {
        ProgressLine line = line(100);
        line.begin(200_000_000);
        line.document("a.zip!1");
        line.documentDone(40_000_000);
        line.fileDone(100_000_000);
        line.document("b.csv");
        now.addAndGet(SECOND);
        line.advanced(50_000_000, 1);

        assertThat(shown()).contains(" 75 %").contains("150 MB of 200 MB");
    }

    @Test
    void standardInputHasNoKnownEnd() {
        ProgressLine line = line(100);
        line.begin(0);
        line.document("-");
        now.addAndGet(SECOND);
        line.advanced(50_000_000, 1);

        assertThat(shown()).contains("50 MB of 50 MB");
    }

    @Test
    void writesNothingWhereThereIsNoTerminal() {
        ProgressLine line = line(0);
        line.begin(1000);
        now.addAndGet(SECOND);
        line.advanced(10, 1);
        line.close();

        assertThat(screen.size()).isZero();
    }
}
