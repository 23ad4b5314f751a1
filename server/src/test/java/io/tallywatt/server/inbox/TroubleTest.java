package io.tallywatt.server.inbox;

import static io.tallywatt.server.inbox.InboxHome.reading;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may pass, and what does not. */
class TroubleTest {
    @TempDir
    Path temp;

    private InboxHome home;
    private int asked;

    @BeforeEach
    void open() throws IOException {
        home = new InboxHome(temp);
    }

    /** Each time that a document comes, the store throws what this returns. */
    private void failing(Function<String, @Nullable RuntimeException> failure) {
        home.between = real -> new BetweenStore(real) {
            @Override
            void before(String name) {
                asked++;
                RuntimeException thrown = failure.apply(name);
                if (thrown != null) {
                    throw thrown;
                }
            }
        };
    }

    private static Function<String, @Nullable RuntimeException> at(String name, Supplier<RuntimeException> failure) {
        return other -> other.equals(name) ? failure.get() : null;
    }

    private static UnreadableDocument io() {
        return new UnreadableDocument(Reason.IO, "Reading stopped after 5 bytes: Input/output error");
    }

    private void advance(long seconds) {
        home.clock.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void aFileThatCannotBeReadIsTriedThreeTimesWhileOthersGoOn() throws IOException {
        failing(at("b.json", TroubleTest::io));
        home.put("a.json", reading("s1", 0, "1"));
        home.put("b.json", reading("s2", 0, "1"));
        home.put("c.json", reading("s3", 0, "1"));
        Sweep sweep = home.sweep();

        assertThat(sweep.run()).isEqualTo(InboxHome.BEGIN.plusSeconds(1));
        assertThat(home.done()).containsExactly("a.json", "c.json");
        assertThat(home.waiting()).containsExactly("b.json");

        int before = asked;
        sweep.run();
        assertThat(asked).as("not before its time").isEqualTo(before);
        advance(1);
        sweep.run();
        advance(4);
        sweep.run();
        assertThat(home.waiting()).as("not before the longer pause is over").hasSize(1);
        advance(1);
        sweep.run();

        assertThat(home.waiting()).isEmpty();
        JsonNode report = home.report("dead-letters/b.json");
        assertThat(report.get("code").asText()).isEqualTo("IO");
        assertThat(report.get("tries")).hasSize(3);
        assertThat(report.get("tries").get(0).get("at").asText()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(report.get("tries").get(1).get("at").asText()).isEqualTo("2026-11-25T10:00:01Z");
        assertThat(report.get("tries").get(2).get("at").asText()).isEqualTo("2026-11-25T10:00:06Z");
        assertThat(report.get("tries").get(2).get("reason").asText()).contains("Input/output error");
    }

    @Test
    void aFileThatCanBeReadAtTheSecondTryIsTaken() throws IOException {
        int[] times = new int[1];
        failing(name -> times[0]++ == 0 ? io() : null);
        home.put("a.json", reading("s1", 0, "1"));
        Sweep sweep = home.sweep();
        sweep.run();
        assertThat(home.waiting()).hasSize(1);
        advance(1);
        sweep.run();
        assertThat(home.total("s1")).isEqualTo("1");
        assertThat(home.done()).containsExactly("a.json");
    }

    @Test
    void aFileThatGrowsAfterItsLastTryIsNotLookedAtWithoutPause() throws IOException {
        Path file = home.put("a.json", reading("s1", 0, "1"));
        failing(name -> {
            try {
                Files.setLastModifiedTime(file, FileTime.from(home.clock.instant()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return io();
        });
        Sweep sweep = home.sweep();
        for (int look = 0; look < 20; look++) {
            assertThat(sweep.run()).isAfter(home.clock.instant());
            advance(3);
        }
        assertThat(home.waiting()).containsExactly("a.json");
    }

    @Test
    void whatIsNoJsonIsNotTriedTwice() throws IOException {
        home.put("a.json", "{");
        home.sweep().run();
        assertThat(home.report("dead-letters/a.json").get("tries")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BUSY", "RESOURCES", "DAMAGED"})
    void aStoreThatTakesNothingMovesNoFile(Kind kind) throws IOException {
        boolean[] well = new boolean[1];
        failing(name -> well[0] ? null : new StoreException(kind, "Cannot take " + name + ": not now"));
        for (int i = 0; i < 50; i++) {
            home.put(i + ".json", reading("s" + i, 0, "1"));
        }
        Sweep sweep = home.sweep();
        Instant next = sweep.run();
        assertThat(next).isEqualTo(InboxHome.BEGIN.plusSeconds(1));
        advance(1);
        assertThat(sweep.run()).isEqualTo(home.clock.instant().plusSeconds(5));
        int before = asked;
        assertThat(sweep.run())
                .as("not before its time")
                .isEqualTo(home.clock.instant().plusSeconds(5));
        assertThat(asked).isEqualTo(before);
        advance(5);
        assertThat(sweep.run()).isEqualTo(home.clock.instant().plusSeconds(60));
        for (int minute = 0; minute < 5; minute++) {
            advance(60);
            assertThat(sweep.run()).isEqualTo(home.clock.instant().plusSeconds(60));
        }
        assertThat(home.waiting()).hasSize(50);
        assertThat(home.deadLetters()).isEmpty();
        assertThat(home.log.lines)
                .hasSize(1)
                .first()
                .asString()
                .contains("not now")
                .contains("nothing is lost");

        well[0] = true;
        advance(60);
        sweep.run();
        assertThat(home.done()).hasSize(50);
        assertThat(home.store.deliveries()).hasSize(50);
    }

    @Test
    void aFullDiskIsWaitedFor() throws IOException {
        long[] free = {10L << 20};
        home.freeSpace = folder -> free[0];
        home.put("a.json", reading("s1", 0, "1"));
        Sweep sweep = home.sweep();
        for (int i = 0; i < 10; i++) {
            sweep.run();
            advance(60);
        }
        assertThat(home.waiting()).containsExactly("a.json");
        assertThat(home.log.lines).hasSize(1).first().asString().contains("10 MB free, and 64 MB are needed");

        free[0] = 100L << 20;
        sweep.run();
        assertThat(home.done()).containsExactly("a.json");
    }

    @Test
    void aFileThatFindsNoRoomWaitsAndSmallerOnesGoOn() throws IOException {
        home.freeSpace = folder -> 65L << 20;
        home.put("big.json", "");
        try (var big =
                Files.newByteChannel(home.folder.root().resolve("big.json"), java.nio.file.StandardOpenOption.WRITE)) {
            big.position(70L << 20).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        home.old(home.folder.root().resolve("big.json"));
        home.put("small.json", reading("s1", 0, "1"));
        Sweep sweep = home.sweep();
        for (int i = 0; i < 5; i++) {
            sweep.run();
            advance(60);
        }
        assertThat(home.waiting()).containsExactly("big.json");
        assertThat(home.done()).containsExactly("small.json");
    }

    @Test
    void aFileThatIsTooMuchForTheStoreIsADeadLetterAfterThreeTries() throws IOException {
        failing(at("big.json", () -> new StoreException(Kind.RESOURCES, "Cannot take big.json: memory ran out")));
        home.put("big.json", reading("s1", 0, "1") + " ".repeat(2 << 20));
        home.put("small.json", reading("s2", 0, "1"));
        Sweep sweep = home.sweep();
        sweep.run();
        assertThat(home.done()).containsExactly("small.json");
        advance(1);
        sweep.run();
        assertThat(home.waiting()).containsExactly("big.json");
        advance(5);
        sweep.run();

        JsonNode report = home.report("dead-letters/big.json");
        assertThat(report.get("code").asText()).isEqualTo("STORE");
        assertThat(report.get("reason").asText()).contains("memory ran out");
        assertThat(report.get("tries")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(report.get("next").asText()).contains("tallywatt retry " + report.get("delivery"));
    }

    @Test
    void aFileAtWhichTheProgramFailsFailsAlone() throws IOException {
        failing(at("5.json", () -> new IllegalStateException("a mistake of ours")));
        for (int i = 0; i < 10; i++) {
            home.put(i + ".json", reading("s" + i, 0, "1"));
        }
        home.sweep().run();

        assertThat(home.done()).hasSize(9).doesNotContain("5.json");
        JsonNode report = home.report("dead-letters/5.json");
        assertThat(report.get("code").asText()).isEqualTo("STORE");
        assertThat(report.get("reason").asText()).contains("a mistake of ours");
        assertThat(home.log.lines).anyMatch(line -> line.startsWith("ERROR") && line.contains("5.json"));
    }

    @Test
    void aProgramThatFailsAtEveryFileStopsMovingThem() throws IOException {
        failing(name -> new StoreException(Kind.INTERNAL, "no such table"));
        for (int i = 0; i < 100; i++) {
            home.put(i + ".json", reading("s" + i, 0, "1"));
        }
        Sweep sweep = home.sweep();
        for (int i = 0; i < 5; i++) {
            sweep.run();
            advance(60);
        }
        assertThat(home.waiting()).hasSizeGreaterThanOrEqualTo(90);
        assertThat(home.log.lines).anyMatch(line -> line.contains("no such table"));
    }

    @Test
    void aFileThatCannotBeMovedIsTakenOnceAndMovedLater() throws IOException {
        home.put("a.json", reading("s1", 0, "1"));
        Path inTheWay = Files.writeString(home.folder.done().resolve("2026-11-25"), "a file where a folder should be");
        Sweep sweep = home.sweep();
        for (int i = 0; i < 3; i++) {
            sweep.run();
            advance(20);
        }
        assertThat(home.waiting()).containsExactly("a.json");
        assertThat(home.store.deliveries()).hasSize(1);
        assertThat(sweep.counts().known()).as("looked at once more in a minute").isLessThanOrEqualTo(1);

        Files.delete(inTheWay);
        advance(60);
        sweep.run();
        assertThat(home.done()).containsExactly("a.json");
        assertThat(home.total("s1")).isEqualTo("1");
    }

    @Test
    void whoIsToldMayFail() throws IOException {
        home.put("a.json", reading("s1", 0, "1"));
        Sweep sweep = new Sweep(
                home.folder,
                home.settings(),
                home.receiving(),
                home.stopping,
                home.log,
                () -> {
                    throw new IllegalStateException("judging failed");
                },
                10);
        sweep.run();
        assertThat(home.done()).containsExactly("a.json");
        assertThat(home.log.lines).anyMatch(line -> line.contains("judging failed"));
    }

    @Test
    void anInboxThatIsGoneIsWaitedFor() throws IOException {
        Sweep sweep = home.sweep();
        Path away = temp.resolve("away");
        Files.move(home.folder.root(), away);
        sweep.run();
        sweep.run();
        assertThat(home.log.lines).hasSize(1).first().asString().contains("the inbox cannot be read");
        Files.move(away, home.folder.root());
        Path file = home.put("a.json", reading("s1", 0, "1"));
        Files.setLastModifiedTime(file, FileTime.from(InboxHome.BEGIN.minusSeconds(9)));
        sweep.run();
        assertThat(home.done()).containsExactly("a.json");
    }
}
