package io.tallywatt.server.inbox;

import static io.tallywatt.server.inbox.InboxHome.reading;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    @TempDir
    Path temp;

    private InboxHome home;

    @BeforeEach
    void open() throws IOException {
        home = new InboxHome(temp);
    }

    private InboxCounts sweep() {
        Sweep sweep = home.sweep();
        sweep.run();
        return sweep.counts();
    }

    @Test
    void aFileIsTakenUnderItsNameAndMovedToDone() throws IOException {
        home.put("a.json", reading("s1", 0, "1.5"));

        assertThat(sweep()).isEqualTo(new InboxCounts(1, 0, 0));

        assertThat(home.total("s1")).isEqualTo("1.5");
        Delivery delivery = home.delivery("a.json");
        assertThat(delivery.receivedAt()).isEqualTo(InboxHome.BEGIN);
        assertThat(home.done()).containsExactly("a.json");
        assertThat(home.waiting()).isEmpty();
        assertThat(home.tookSome).isEqualTo(1);
        assertThat(sweep()).isEqualTo(InboxCounts.NONE);
    }

    @Test
    void awkwardNamesAndDeepFoldersKeepTheirPath() throws IOException {
        List<String> names = List.of(
                "two words.json",
                "line\nbreak.json",
                "quote'\"$(x).json",
                "a/b/c/d/e/f/deep.json",
                "x/done/inner.json",
                "-rf.json",
                "dot..json");
        List<String> all = new ArrayList<>(names);
        if (canName("Zähler ☀.json")) {
            all.add("Zähler ☀.json");
        }
        for (int i = 0; i < all.size(); i++) {
            home.put(all.get(i), reading("s" + i, 0, "1"));
        }

        assertThat(sweep().taken()).isEqualTo(all.size());

        assertThat(home.done()).containsExactlyInAnyOrderElementsOf(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(home.total("s" + i)).isEqualTo("1");
            assertThat(home.delivery(all.get(i)).state()).isEqualTo(DeliveryState.TAKEN);
        }
        assertThat(String.join("", home.log.lines)).doesNotContain("\n");
    }

    private boolean canName(String name) {
        try {
            return temp.resolve(name).toString().equals(temp + "/" + name);
        } catch (java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    @Test
    void aNameAsLongAsTheSystemTakesIsMovedWithAReport() throws IOException {
        String good = "g".repeat(250) + ".json";
        String bad = "b".repeat(250) + ".json";
        home.put(good, reading("s1", 0, "1"));
        home.put(bad, "no readings");

        assertThat(sweep()).isEqualTo(new InboxCounts(1, 0, 1));

        assertThat(home.done()).containsExactly(good);
        assertThat(home.deadLetters()).hasSize(2).contains(bad).anyMatch(name -> name.endsWith(".report.json"));
        home.put(bad, "other nonsense");
        assertThat(sweep().refused()).isEqualTo(1);
        assertThat(home.deadLetters()).hasSize(4);
    }

    @Test
    void whatIsBeingWrittenUnderAPassingNameIsLeftAlone() throws IOException {
        for (String name : List.of(
                ".a.json",
                "a.json.tmp",
                "b.part",
                "c.json.filepart",
                "d.json~",
                "e.crdownload",
                "F.TMP",
                ".hidden/x.json",
                "upload.part/x.json")) {
            home.put(name, reading("s1", 0, "1"));
        }
        assertThat(sweep()).isEqualTo(InboxCounts.NONE);
        assertThat(home.waiting()).hasSize(9);

        Files.move(home.folder.root().resolve("a.json.tmp"), home.folder.root().resolve("a.json"));
        assertThat(sweep().taken()).isEqualTo(1);
    }

    @Test
    void aFileThatMayStillGrowIsNotClaimed() throws IOException {
        Path file = home.put("a.json", reading("s1", 0, "1"));
        Files.setLastModifiedTime(file, FileTime.from(InboxHome.BEGIN.minusMillis(400)));
        Sweep sweep = home.sweep();

        assertThat(sweep.run()).isEqualTo(InboxHome.BEGIN.plusMillis(600));
        assertThat(home.waiting()).hasSize(1);

        home.clock.advance(Duration.ofMillis(500));
        Files.writeString(file, reading("s1", 1, "2"), StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(home.clock.instant()));
        home.clock.advance(Duration.ofMillis(900));
        sweep.run();
        assertThat(home.waiting()).hasSize(1);

        home.clock.advance(Duration.ofMillis(100));
        sweep.run();
        assertThat(home.total("s1")).isEqualTo("3");
    }

    @Test
    void aFileOfAClockThatRunsAheadIsCompleteWhenItStaysTheSame() throws IOException {
        Path file = home.put("a.json", reading("s1", 0, "1"));
        Files.setLastModifiedTime(file, FileTime.from(InboxHome.BEGIN.plusSeconds(3600)));
        Sweep sweep = home.sweep();

        assertThat(sweep.run()).isEqualTo(InboxHome.BEGIN.plusSeconds(1));
        home.clock.advance(Duration.ofMillis(999));
        sweep.run();
        assertThat(home.waiting()).hasSize(1);
        home.clock.advance(Duration.ofMillis(1));
        sweep.run();
        assertThat(home.waiting()).isEmpty();
    }

    @Test
    void theOldestComesFirstAndTheRestAtTheNextLook() throws IOException {
        home.window = 3;
        Random random = new Random(11);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // Of one second each two: those by name.
            String name = "f" + i + "-" + random.nextInt(1000) + ".json";
            names.add(name);
            Path file = home.put(name, reading("s", 0, i + ".5"));
            Files.setLastModifiedTime(file, FileTime.from(InboxHome.BEGIN.minusSeconds(100 - i / 2)));
        }
        Sweep sweep = home.sweep();
        for (int look = 0; look < 3; look++) {
            assertThat(sweep.run()).as("more wait").isEqualTo(InboxHome.BEGIN);
        }
        sweep.run();

        assertThat(home.store.deliveries().reversed().stream().map(Delivery::name))
                .containsExactlyElementsOf(names);
        assertThat(home.total("s")).as("the latest of all").isEqualTo("9.5");
    }

    @Test
    void theSameBytesUnderAnotherNameAreKnown() throws IOException {
        home.put("a.json", reading("s1", 0, "1"));
        home.put("b.json", reading("s1", 0, "1"));
        assertThat(sweep()).isEqualTo(new InboxCounts(1, 1, 0));
        home.put("a.json", reading("s1", 0, "1"));
        assertThat(sweep()).isEqualTo(new InboxCounts(0, 1, 0));

        assertThat(home.done()).containsExactly("a-2.json", "a.json", "b.json");
        assertThat(home.store.deliveries()).hasSize(1);
        assertThat(home.tookSome).isEqualTo(1);
    }

    @Test
    void aNameTakenManyTimesStillGetsANumber() throws IOException {
        home.sameName = SameName.TAKE;
        for (int i = 0; i < 20; i++) {
            home.put("latest.json", reading("s1", i, "1"));
            assertThat(sweep().taken()).isEqualTo(1);
        }
        assertThat(home.done()).hasSize(20);
        assertThat(home.total("s1")).isEqualTo("20");
    }

    @Test
    void aNameThatCameBeforeWithOtherContentIsRefusedUntilAPersonPutsItBack() throws IOException {
        home.put("a.json", reading("s1", 0, "1"));
        home.put("b.json", reading("s1", 1, "1"));
        sweep();
        home.put("a.json", reading("s1", 0, "2"));
        home.put("c.json", reading("s1", 2, "1"));

        assertThat(sweep()).isEqualTo(new InboxCounts(1, 0, 1));
        assertThat(home.total("s1")).isEqualTo("3");
        assertThat(home.deadLetters()).containsExactly("a.json", "a.json.report.json");
        JsonNode report = home.report("dead-letters/a.json");
        assertThat(report.get("code").asText()).isEqualTo("NAME_REUSED");
        assertThat(report.get("reason").asText()).contains("'a.json' came before");
        assertThat(report.get("next").asText()).contains("tallywatt retry " + report.get("delivery"));

        home.put("a.json", reading("s1", 0, "2"));
        assertThat(sweep().refused())
                .as("sent again by a sender who looked at nothing")
                .isEqualTo(1);
        assertThat(home.deadLetters()).as("the same bytes, once").hasSize(2);
        assertThat(home.report("dead-letters/a.json").get("tries")).hasSize(2);

        Files.move(
                home.folder.deadLetters().resolve("a.json"), home.folder.root().resolve("a.json"));
        home.old(home.folder.root().resolve("a.json"));
        assertThat(sweep().taken()).isEqualTo(1);
        assertThat(home.total("s1")).isEqualTo("4");
        assertThat(home.deadLetters()).isEmpty();
    }

    @Test
    void aKillBetweenTheRefusalAndTheMoveDoesNotLetAReusedNameThrough() throws IOException {
        home.put("a.json", reading("s1", 0, "1"));
        sweep();
        // As if everything but the move had happened.
        home.put("a.json", reading("s1", 0, "2"));
        sweep();
        Files.move(
                home.folder.deadLetters().resolve("a.json"), home.folder.root().resolve("a.json"));
        Path sidecar = home.data.resolve("quarantine/2.properties");
        Files.writeString(sidecar, Files.readString(sidecar).replace("moved=true", "moved=false"));
        home.old(home.folder.root().resolve("a.json"));

        assertThat(sweep().refused()).isEqualTo(1);

        assertThat(home.total("s1")).isEqualTo("1");
        assertThat(home.deadLetters()).containsExactly("a.json", "a.json.report.json");
    }

    @Test
    void aDamagedFileOfAReusedNameIsDamaged() throws IOException {
        byte[] packed = gz(reading("s1", 0, "1"));
        home.put("a.gz", packed);
        sweep();
        home.put("a.gz", Arrays.copyOf(packed, packed.length / 2));

        assertThat(sweep().refused()).isEqualTo(1);
        assertThat(home.report("dead-letters/a.gz").get("code").asText()).isEqualTo("DAMAGED");
        home.put("a.gz", gz(reading("s1", 0, "2")));
        assertThat(sweep().refused()).isEqualTo(1);
        assertThat(home.report("dead-letters/a-2.gz").get("code").asText()).isEqualTo("NAME_REUSED");
    }

    @Test
    void aNameMayBeUsedAgainWhereTheSettingSaysSo() throws IOException {
        home.sameName = SameName.TAKE;
        home.put("a.json", reading("s1", 0, "1"));
        sweep();
        home.put("a.json", reading("s1", 0, "2"));
        assertThat(sweep().taken()).isEqualTo(1);
        assertThat(home.total("s1")).isEqualTo("2");
        assertThat(home.done()).containsExactly("a-2.json", "a.json");
    }

    @Test
    void linksAreMovedThemselvesAndNeverFollowed() throws IOException {
        Path outside = Files.writeString(temp.resolve("secret.json"), reading("secret", 0, "1"));
        Path folder = Files.createDirectories(temp.resolve("elsewhere"));
        Files.writeString(folder.resolve("x.json"), reading("secret", 0, "1"));
        home.put("sub/real.json", reading("s1", 0, "1"));
        Path root = home.folder.root();
        Files.createSymbolicLink(root.resolve("file.json"), outside);
        Files.createSymbolicLink(root.resolve("folder"), folder);
        Files.createSymbolicLink(root.resolve("relative.json"), Path.of("../secret.json"));
        Files.createSymbolicLink(root.resolve("dangling.json"), Path.of("nowhere"));
        Files.createSymbolicLink(root.resolve("loop.json"), Path.of("loop.json"));
        Files.createSymbolicLink(root.resolve("inside"), root.resolve("sub"));
        Sweep sweep = home.sweep();
        // The time of a link is that of its making.
        sweep.run();
        Instant made = Files.getLastModifiedTime(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                .toInstant();
        home.clock.advance(Duration.between(home.clock.instant(), made).plusSeconds(2));
        sweep.run();

        assertThat(home.waiting()).isEmpty();
        assertThat(home.total("secret")).isEqualTo("none");
        assertThat(home.total("s1")).isEqualTo("1");
        assertThat(outside).exists();
        assertThat(folder.resolve("x.json")).exists();
        assertThat(home.folder.deadLetters().resolve("file.json")).isSymbolicLink();
        for (String name : List.of("file.json", "folder", "relative.json", "dangling.json", "loop.json")) {
            JsonNode report = home.report("dead-letters/" + name);
            assertThat(report.get("code").asText()).as(name).isEqualTo("LINK_OUTSIDE");
            assertThat(report.get("delivery").isNull()).isTrue();
            assertThat(report.get("next").asText()).isNotEmpty();
        }
        assertThat(home.report("dead-letters/inside").get("code").asText()).isEqualTo("LINK_INSIDE");
        assertThat(sweep.counts()).isEqualTo(new InboxCounts(1, 0, 6));
    }

    @Test
    void aPipeIsRefusedAndNotOpened() throws Exception {
        Path pipe = home.folder.root().resolve("pipe.json");
        // To set its time in Java would open it, and wait for ever.
        Process make =
                new ProcessBuilder("sh", "-c", "mkfifo \"$0\" && touch -d 2026-01-01 \"$0\"", pipe.toString()).start();
        assertThat(make.waitFor()).isZero();

        assertThat(sweep()).isEqualTo(new InboxCounts(0, 0, 1));

        assertThat(home.report("dead-letters/pipe.json").get("code").asText()).isEqualTo("NOT_A_FILE");
    }

    @Test
    void eachBadFileOfABatchFailsAlone() throws IOException {
        List<String> bad = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            if (i % 97 == 3) {
                bad.add(i + ".json");
                home.put(i + ".json", i % 2 == 0 ? "{\"not\": \"closed " + i : "\u0000\u0001" + i);
            } else {
                home.put(i + ".json", reading("s" + i, 288 * (i % 365), "0.25"));
            }
        }
        InboxCounts counts = sweep();

        assertThat(counts).isEqualTo(new InboxCounts(2000 - bad.size(), 0, bad.size()));
        assertThat(home.done()).hasSize(2000 - bad.size());
        assertThat(home.deadLetters()).hasSize(2 * bad.size()).containsAll(bad);
        for (String name : bad) {
            JsonNode report = home.report("dead-letters/" + name);
            assertThat(report.get("name").asText()).isEqualTo(name);
            assertThat(report.get("code").asText()).isIn("NOT_JSON", "UNKNOWN_FORMAT");
            assertThat(report.get("delivery").asLong())
                    .isEqualTo(home.delivery(name).id());
            assertThat(report.get("reason").asText())
                    .isEqualTo(home.delivery(name).reason());
        }
        assertThat(home.log.lines).as("one line per batch at most").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void anEmptyFileIsADeadLetterHoweverOftenItComes() throws IOException {
        home.put("a.json", "");
        home.put("b.json", "");
        assertThat(sweep().refused()).isEqualTo(2);
        assertThat(home.report("dead-letters/a.json").get("code").asText()).isEqualTo("EMPTY");
        assertThat(home.report("dead-letters/b.json").get("code").asText()).isEqualTo("EMPTY");
    }

    @Test
    void aFileOfWhichSomeRowsWereNotTakenIsDoneWithAReport() throws IOException {
        home.put("a.json", reading("s1", 0, "1") + reading("s1", 1, "\"many\"") + reading("s1", 2, "2"));

        assertThat(sweep()).isEqualTo(new InboxCounts(1, 0, 0));

        assertThat(home.done()).containsExactly("a.json", "a.json.report.json");
        JsonNode report = home.report("done/2026-11-25/a.json");
        assertThat(report.get("code").asText()).isEqualTo("PARTLY_TAKEN");
        assertThat(report.get("rows").asInt()).isEqualTo(3);
        assertThat(report.get("rejected").asInt()).isEqualTo(1);
        assertThat(report.get("receivedAt").asText()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(report.get("tries")).hasSize(1);
        JsonNode reject = report.get("rejects").get(0);
        assertThat(reject.get("line").asInt()).isEqualTo(2);
        assertThat(reject.get("code").asText()).isNotEmpty();
        assertThat(reject.get("message").asText()).contains("many");
    }

    @Test
    void aFileOfWhichNothingWasTakenIsADeadLetterThatTheLedgerKnows() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            rows.append(reading("s1", i, "\"x\""));
        }
        home.put("sub/a.json", rows.toString());

        assertThat(sweep()).isEqualTo(new InboxCounts(0, 0, 1));

        JsonNode report = home.report("dead-letters/sub/a.json");
        assertThat(report.get("code").asText()).isEqualTo("NOTHING_TAKEN");
        assertThat(report.get("rejected").asInt()).isEqualTo(150);
        assertThat(report.get("rejects")).hasSize(100);
        assertThat(home.delivery("sub/a.json").counts().rejected()).isEqualTo(150);
    }

    @Test
    void aFileWithoutAnyRowIsDone() throws IOException {
        home.put("a.json", "[]");
        sweep();
        assertThat(home.deadLetters().size() + home.done().size()).isPositive();
        assertThat(home.waiting()).isEmpty();
    }

    @Test
    void packedAndBigFilesAreTakenOneByOne() throws IOException {
        StringBuilder big = new StringBuilder();
        for (int i = 0; i < 288 * 50; i++) {
            big.append(reading("big" + i / 288, i % 288, "0.001"));
        }
        assertThat(big.length()).isGreaterThan((int) Sweep.SMALL);
        home.put("big.json", big.toString());
        home.put("small.json", reading("s1", 0, "1"));
        home.put("packed.json.gz", gz(reading("s1", 1, "2")));
        home.put("archive.zip", zip("a.json", reading("s1", 2, "4"), "b.json", reading("s1", 3, "8")));

        assertThat(sweep()).isEqualTo(new InboxCounts(4, 0, 0));

        assertThat(home.total("s1")).isEqualTo("15");
        assertThat(home.total("big49")).isEqualTo("0.288");
        assertThat(home.done()).containsExactly("archive.zip", "big.json", "packed.json.gz", "small.json");
        assertThat(home.delivery("archive.zip!b.json").state()).isEqualTo(DeliveryState.TAKEN);
    }

    @Test
    void anArchiveIsDoneIfAnythingInItWasOfUse() throws IOException {
        home.put("some.zip", zip("good.json", reading("s1", 0, "1"), "bad.json", "{", "worse.json", "\u0000"));
        home.put("none.zip", zip("bad.json", "{x"));
        home.put("empty.zip", zip());
        home.put("damaged.zip", "PK\u0003\u0004 and then nothing");

        assertThat(sweep()).isEqualTo(new InboxCounts(1, 0, 3));

        JsonNode some = home.report("done/2026-11-25/some.zip");
        assertThat(some.get("code").asText()).isEqualTo("ENTRIES_NOT_TAKEN");
        assertThat(some.get("entries")).hasSize(2);
        assertThat(some.get("entries").get(0).get("name").asText()).isEqualTo("some.zip!bad.json");
        assertThat(some.get("entries").get(0).get("delivery").asLong())
                .isEqualTo(home.delivery("some.zip!bad.json").id());
        assertThat(home.report("dead-letters/none.zip").get("entries")).hasSize(1);
        assertThat(home.report("dead-letters/empty.zip").get("code").asText()).isEqualTo("EMPTY");
        assertThat(home.report("dead-letters/damaged.zip").get("code").asText()).isEqualTo("DAMAGED");
    }

    @Test
    void afterAKillBetweenCommitAndMoveTheFileIsKnownAndMoved() throws IOException {
        home.put("a.json", reading("s1", 0, "1"));
        home.put("part.json", reading("s1", 1, "1") + reading("s1", 2, "\"x\""));
        home.put("none.json", reading("s1", 3, "\"x\""));
        home.put("bad.json", "{");
        sweep();
        Files.move(
                home.folder.done().resolve("2026-11-25/a.json"),
                home.folder.root().resolve("a.json"));
        Files.move(
                home.folder.done().resolve("2026-11-25/part.json"),
                home.folder.root().resolve("part.json"));
        Files.move(
                home.folder.deadLetters().resolve("none.json"),
                home.folder.root().resolve("none.json"));
        Files.move(
                home.folder.deadLetters().resolve("bad.json"),
                home.folder.root().resolve("bad.json"));
        for (String name : home.waiting()) {
            home.old(home.folder.root().resolve(name));
        }

        sweep();

        assertThat(home.waiting()).isEmpty();
        assertThat(home.done()).containsExactly("a.json", "part.json", "part.json.report.json");
        assertThat(home.deadLetters())
                .containsExactly("bad.json", "bad.json.report.json", "none.json", "none.json.report.json");
        assertThat(home.store.deliveries()).hasSize(4);
        assertThat(home.total("s1")).isEqualTo("2");
    }

    @Test
    void aDeadLetterPutBackWithItsReportLeavesNoReportBehind() throws IOException {
        home.put("a.json", "{");
        sweep();
        for (String name : home.deadLetters()) {
            Files.move(
                    home.folder.deadLetters().resolve(name), home.folder.root().resolve(name));
            home.old(home.folder.root().resolve(name));
        }
        sweep();

        assertThat(home.waiting()).isEmpty();
        assertThat(home.deadLetters()).containsExactly("a.json", "a.json.report.json");
        home.put("mine.report.json", reading("s1", 0, "1"));
        assertThat(sweep().taken()).as("a file that only is called so").isEqualTo(1);
    }

    @Test
    void aFileThatGrowsWhileItIsTakenStaysAndIsTakenAgain() throws IOException {
        Path file = home.put("a.json", reading("s1", 0, "1"));
        boolean[] grown = new boolean[1];
        home.between = real -> new BetweenStore(real) {
            @Override
            void before(String name) {
                if (!grown[0]) {
                    grown[0] = true;
                    append(file, reading("s1", 1, "2"));
                }
            }
        };
        Sweep sweep = home.sweep();
        sweep.run();
        assertThat(home.waiting()).containsExactly("a.json");
        home.old(file);
        sweep.run();

        assertThat(home.total("s1")).isEqualTo("3");
        assertThat(home.done()).containsExactly("a.json");
        assertThat(home.deadLetters()).isEmpty();
    }

    @Test
    void aFileThatIsTakenAwayMeanwhileIsNobodysTrouble() throws IOException {
        Path taken = home.put("taken.json", reading("s1", 0, "1"));
        Path waits = home.put("waits.json", "[" + " ".repeat(1 << 20) + "]");
        Path last = home.put("z.json", reading("s1", 1, "1"));
        home.between = real -> new BetweenStore(real) {
            @Override
            void before(String name) {
                delete(taken);
                delete(waits);
                delete(last);
            }
        };
        Sweep sweep = home.sweep();
        sweep.run();
        sweep.run();

        assertThat(home.total("s1")).isEqualTo("1");
        assertThat(home.deadLetters()).isEmpty();
        assertThat(home.log.lines).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] gz(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
