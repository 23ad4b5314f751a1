package io.tallywatt.server.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waits of an hour that end at once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final Stopping stopping = new Stopping();

    @Test
    void aFileIsHeardOf() throws Exception {
        try (Watch watch = Watch.of(folder, stopping)) {
            watch.follow(List.of(folder));
            Files.writeString(folder.resolve("a.json"), "x");
            watch.await(LONG);
            Path below = Files.createDirectory(folder.resolve("below"));
            watch.await(LONG);
            watch.follow(List.of(folder, below));
            Files.move(folder.resolve("a.json"), below.resolve("b.json"));
            watch.await(LONG);
        }
    }

    @Test
    void aPassingNameIsNotHeardOfUntilItIsRenamed() throws Exception {
        try (Watch watch = Watch.of(folder, stopping)) {
            watch.follow(List.of(folder));
            Files.writeString(folder.resolve("a.json.tmp"), "x");
            long began = System.nanoTime();
            watch.await(Duration.ofMillis(300));
            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(300_000_000L);
            Files.move(folder.resolve("a.json.tmp"), folder.resolve("a.json"));
            watch.await(LONG);
        }
    }

    @Test
    void foldersThatAreGoneAreNoMatter() throws Exception {
        try (Watch watch = Watch.of(folder, stopping)) {
            Path below = Files.createDirectory(folder.resolve("below"));
            watch.follow(List.of(folder, below, folder.resolve("never")));
            Files.delete(below);
            watch.follow(List.of(folder));
            Files.writeString(folder.resolve("a.json"), "x");
            watch.await(LONG);
        }
    }

    @Test
    void stoppingIsHeardOf() throws Exception {
        try (Watch watch = Watch.of(folder, stopping)) {
            stopping.begin(Duration.ZERO);
            watch.await(LONG);
        }
    }

    @Test
    void timeIsUp() throws IOException, InterruptedException {
        try (Watch watch = Watch.of(folder, stopping)) {
            watch.await(Duration.ZERO);
            watch.await(Duration.ofMillis(1));
            watch.await(Duration.ofMillis(150));
        }
    }
}
