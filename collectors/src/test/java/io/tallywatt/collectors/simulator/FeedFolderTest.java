package io.tallywatt.collectors.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedFolderTest {
    private static final Instant START = Instant.parse("2026-11-25T10:05:00Z");
    private static final Label LABEL = new Label(
            new Series("site", "site1", "generation", null),
            new Interval(START, START.plusSeconds(300)),
            LabelKind.LATE,
            "a.json");

    @TempDir
    Path temp;

    private static SimulatedFile file(String name, String content, Label... labels) {
        return new SimulatedFile(name, START, content.getBytes(UTF_8), List.of(labels));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void filesAndLabelsAreThereWhileItRuns() throws IOException {
        Path inbox = temp.resolve("a/inbox");
        Path labels = temp.resolve("labels.ndjson");

        try (FeedFolder folder = FeedFolder.open(inbox, labels)) {
            folder.take(file("a.json", "{}\n", LABEL));
            assertThat(Files.readString(inbox.resolve("a.json"))).isEqualTo("{}\n");
            assertThat(Files.readAllLines(labels)).containsExactly(LABEL.json());
            folder.take(new NotSent(START, List.of(LABEL.missing())));
            folder.take(file("b.json", "[]"));
            folder.giveUp(List.of(file("c.json", "[]", LABEL)));
        }

        assertThat(names(inbox)).containsExactly("a.json", "b.json");
        assertThat(Files.readAllLines(labels))
                .containsExactly(
                        LABEL.json(), LABEL.missing().json(), LABEL.missing().json());
    }

    @Test
    void labelsAreAddedToThoseOfEarlierRunsEvenAfterHalfALine() throws IOException {
        Path labels = Files.writeString(temp.resolve("labels.ndjson"), LABEL.json() + "\n{\"series\": \"si");

        try (FeedFolder folder = FeedFolder.open(temp.resolve("inbox"), labels)) {
            folder.take(file("a.json", "{}", LABEL));
        }
        try (FeedFolder folder = FeedFolder.open(temp.resolve("inbox"), labels)) {
            folder.take(file("a.json", "{}", LABEL));
        }

        assertThat(Files.readAllLines(labels))
                .containsExactly(LABEL.json(), "{\"series\": \"si", LABEL.json(), LABEL.json());
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path inbox = temp.resolve("inbox");
        Files.createDirectories(inbox.resolve("a.json/taken"));

        try (FeedFolder folder = FeedFolder.open(inbox, temp.resolve("labels.ndjson"))) {
            assertThatThrownBy(() -> folder.take(file("a.json", "{}"))).isInstanceOf(IOException.class);
        }

        assertThat(names(inbox)).containsExactly("a.json");
    }

    /** Whoever looks into the folder at any time sees only whole files. */
    @Test
    void nobodySeesHalfAFile() throws Exception {
        Path inbox = Files.createDirectories(temp.resolve("inbox"));
        SimulationSettings settings =
                SimulationSettings.history(20, Resolution.parse("PT5M"), START, START.plus(Duration.ofDays(3)), 1);
        List<SimulatedFile> files = Simulation.of(settings).files().toList();
        List<String> seen = new ArrayList<>();
        List<Throwable> wrong = new ArrayList<>();
        Thread watcher = Thread.ofPlatform().start(() -> {
            try {
                while (seen.size() < files.size()) {
                    for (String name : names(inbox)) {
                        if (!name.startsWith(".") && !seen.contains(name)) {
                            Received.in(
                                    new SimulatedFile(name, START, Files.readAllBytes(inbox.resolve(name)), List.of()));
                            seen.add(name);
                        }
                    }
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                wrong.add(e);
            }
        });

        try (FeedFolder folder = FeedFolder.open(inbox, temp.resolve("labels.ndjson"))) {
            for (SimulatedFile file : files) {
                folder.take(file);
            }
        }
        watcher.join(Duration.ofSeconds(60));

        assertThat(wrong).isEmpty();
        assertThat(seen).hasSameSizeAs(files);
    }
}
