package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulated feed as a process of its own, ended as processes are. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SimulateProcessTest {
    @TempDir
    Path temp;

    @Test
    void aSignalEndsItWithNothingHalfDone() throws Exception {
        FeedFiles feed = FeedFiles.of(Files.createDirectories(temp.resolve("inbox")));
        Path err = temp.resolve("err.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Objects.requireNonNullElse(
                                System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "simulate",
                        "--into",
                        feed.folder().toString(),
                        "--speed",
                        "20000",
                        "--sites",
                        "30")
                .redirectError(err.toFile())
                .start();
        try {
            while (feed.names().size() < 600 && process.isAlive()) {
                Thread.sleep(20);
            }
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly().onExit().join();
        }

        assertThat(Files.readString(err))
                .contains("Wrote " + withCommas(feed.names().size()) + " files and ");
        assertThat(feed.names()).noneMatch(name -> name.startsWith("."));
        Instant first = starts(feed).min(Instant::compareTo).orElseThrow();
        Instant last = starts(feed).max(Instant::compareTo).orElseThrow();
        // Of the last interval, some sites' files may not have been written yet.
        assertThat(feed.untold(30, first, last, Duration.ofMinutes(5))).isEmpty();
    }

    private static Stream<Instant> starts(FeedFiles feed) {
        return feed.records().stream()
                .map(record -> Instant.parse(record.get("timestamp").asText()));
    }

    private static String withCommas(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
