package io.tallywatt.server.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.source.Archive;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyFilesTest {
    private static final Question FLOW = question("flow FR-GB", "2026-11-25T00:00:00Z", "2026-11-27T00:00:00Z");
    private static final Question SHORT = question("fuelinst", "2026-11-25T10:05:00Z", "2026-11-25T10:35:30Z");

    @TempDir
    Path folder;

    private ReplyFiles files;

    @BeforeEach
    void open() {
        files = new ReplyFiles(folder.resolve("replies"));
    }

    private static Question question(String what, String from, String to) {
        return new Question(what, new Interval(Instant.parse(from), Instant.parse(to)));
    }

    private static Reply.Fetched reply(String text, String fingerprint, String at) {
        return new Reply.Fetched(text.getBytes(StandardCharsets.UTF_8), fingerprint, Instant.parse(at));
    }

    private List<String> paths() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aReplyLiesPackedUnderANameThatSaysWhatItIs() throws IOException {
        files.keep(
                "entsoe", FLOW, reply("x".repeat(100_000), "0123456789abcdef".repeat(4), "2026-11-26T07:00:03.412Z"));

        assertThat(paths())
                .containsExactly(
                        "replies/entsoe/2026-11/flow~FR-GB_20261125T000000Z_20261127T000000Z_20261126T070003.412Z_"
                                + "0123456789abcdef0123456789abcdef.zst");
        assertThat(Files.size(folder.resolve(paths().getFirst()))).isLessThan(1000);
    }

    @Test
    void whatIsKeptIsKnownAlsoAfterARestart() throws IOException {
        files.keep("entsoe", FLOW, reply("a", "aa", "2026-11-26T07:00:00Z"));
        files.keep("entsoe", FLOW, reply("b", "bb", "2026-11-26T07:15:00Z"));
        ReplyFiles reopened = new ReplyFiles(folder.resolve("replies"));

        for (ReplyFiles each : List.of(files, reopened)) {
            assertThat(each.has("entsoe", FLOW, "aa")).isTrue();
            assertThat(each.has("entsoe", FLOW, "cc")).isFalse();
            assertThat(each.has("entsoe", SHORT, "aa")).isFalse();
            assertThat(each.has("elexon", FLOW, "aa")).isFalse();
            assertThat(each.lastKept("entsoe", FLOW)).contains(Instant.parse("2026-11-26T07:15:00Z"));
            assertThat(each.lastKept("entsoe", SHORT)).isEmpty();
            assertThat(each.count("entsoe")).isEqualTo(2);
        }
    }

    @Test
    void repliesAreReadInTheOrderInWhichTheyCameWhateverTheyAreCalled() throws IOException {
        files.keep("elexon", SHORT, reply("second", "bb", "2026-12-01T00:00:00Z"));
        files.keep("elexon", FLOW, reply("third", "aa", "2026-12-02T00:00:00Z"));
        files.keep("elexon", FLOW, reply("first", "cc", "2026-11-30T00:00:00Z"));

        try (Stream<Archive.Kept> kept = files.kept("elexon")) {
            assertThat(kept.map(ReplyFilesTest::text)).containsExactly("first", "second", "third");
        }
        try (Stream<Archive.Kept> kept = files.kept("elexon")) {
            assertThat(kept.map(Archive.Kept::name).findFirst())
                    .contains(files.name("elexon", FLOW, reply("first", "cc", "2026-11-30T00:00:00Z")));
        }
    }

    private static String text(Archive.Kept kept) {
        try {
            return new String(kept.content().read(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void filesOfSomebodyElseAreLeftAloneAndADamagedOneSaysSo() throws IOException {
        files.keep("elexon", SHORT, reply("whole", "bb", "2026-12-01T00:00:00Z"));
        Path month = folder.resolve("replies/elexon/2026-12");
        Files.writeString(month.resolve("notes.txt"), "mine");
        Files.writeString(month.resolve("half_20261125T000000Z_20261127T000000Z_x_y.zst.tmp"), "half");
        Path kept = folder.resolve(
                paths().stream().filter(p -> p.endsWith(".zst")).findFirst().orElseThrow());
        Files.write(kept, new byte[] {1, 2, 3});
        ReplyFiles reopened = new ReplyFiles(folder.resolve("replies"));

        assertThat(reopened.count("elexon")).isEqualTo(1);
        try (Stream<Archive.Kept> all = reopened.kept("elexon")) {
            Archive.Kept damaged = all.findFirst().orElseThrow();
            assertThatThrownBy(() -> damaged.content().read()).isInstanceOf(IOException.class);
        }
        assertThat(month.resolve("notes.txt")).exists();
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() throws IOException {
        assertThat(files.count("entsoe")).isZero();
        assertThat(files.has("entsoe", FLOW, "aa")).isFalse();
        try (Stream<Archive.Kept> kept = files.kept("entsoe")) {
            assertThat(kept).isEmpty();
        }
        assertThat(folder.resolve("replies")).doesNotExist();
    }
}
