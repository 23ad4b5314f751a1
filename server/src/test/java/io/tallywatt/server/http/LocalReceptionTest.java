package io.tallywatt.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.api.Reception;
import io.tallywatt.api.Reception.Pushed;
import io.tallywatt.api.live.LivePower;
import io.tallywatt.api.wire.Dealt;
import io.tallywatt.core.access.Access;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.GivenSites;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.InMemoryGroups;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.files.Quarantine.Letter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalReceptionTest {
    private static final ReadingOptions UTC = ReadingOptions.in(ZoneId.of("UTC"));

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private FreeSpace freeSpace = FreeSpace.OF_DISK;
    private Reception reception;

    @BeforeEach
    void open() throws IOException {
        reception = reception();
    }

    private Reception reception() throws IOException {
        GivenSites none = new GivenSites();
        Serving serving = new Serving(
                store,
                store,
                none,
                none,
                new InMemoryGroups(),
                new LivePower(),
                folder,
                UTC,
                Grid.aroundGreatBritain(),
                freeSpace,
                clock,
                "127.0.0.1",
                0,
                Set.of(),
                Access.open(),
                null,
                () -> {},
                address -> {},
                () -> {});
        return new LocalReception(serving, Runnable::run);
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String reading(String value) {
        return "[{\"series\":\"home/h1/consumption\",\"start\":\"2026-11-01T00:00:00Z\",\"end\":\"2026-11-01T01:00:00Z\","
                + "\"value\":" + value + "}]";
    }

    private Pushed push(@Nullable String key, String text) throws IOException {
        clock.advance(Duration.ofMinutes(1));
        return reception.readings("pi", key, body(text), -1, UTC);
    }

    private static Outcome outcome(Pushed pushed) {
        assertThat(pushed).isInstanceOf(Pushed.Received.class);
        return ((Pushed.Received) pushed).dealt().outcome();
    }

    private BigDecimal stored() {
        return new Answers(store)
                .daily(
                        store.find(Series.parse("home/h1/consumption")).orElseThrow(),
                        LocalDate.of(2026, 11, 1),
                        LocalDate.of(2026, 11, 2),
                        null)
                .getFirst()
                .total();
    }

    @Test
    void aPushThatIsSentAgainUnderItsKeyHasNoEffect() throws IOException {
        assertThat(outcome(push("k1", reading("1")))).isInstanceOf(Outcome.Taken.class);
        assertThat(outcome(push("k1", reading("1")))).isInstanceOf(Outcome.Known.class);
        assertThat(store.deliveries()).hasSize(1);
    }

    @Test
    void aKeyIsNotForOtherReadings() throws IOException {
        Outcome first = outcome(push("k1", reading("1")));
        Pushed other = push("k1", reading("2"));

        assertThat(other).isEqualTo(new Pushed.OtherContent(((Outcome.Taken) first).delivery()));
        assertThat(stored()).isEqualByComparingTo("1");
    }

    @Test
    void whatIsSaidAgainUnderANewKeyIsSaidAgain() throws IOException {
        push("k1", reading("1"));
        push("k2", reading("2"));
        assertThat(stored()).isEqualByComparingTo("2");
        push("k3", reading("1"));
        assertThat(stored()).isEqualByComparingTo("1");
    }

    @Test
    void withoutAKeyTheContentIsTheKey() throws IOException {
        push(null, reading("1"));
        push(null, reading("2"));
        assertThat(outcome(push(null, reading("1")))).isInstanceOf(Outcome.Known.class);
        assertThat(stored()).isEqualByComparingTo("2");
    }

    @Test
    void aPushInQuarantineKeepsItsIdWhenItIsReadAgain() throws IOException {
        Outcome outcome = outcome(push("k1", "{"));
        assertThat(outcome).isInstanceOf(Outcome.Quarantined.class);
        Delivery delivery = ((Outcome.Quarantined) outcome).delivery();

        Outcome again = reception.retry(delivery, UTC).orElseThrow().outcome();

        assertThat(again).isInstanceOf(Outcome.Quarantined.class);
        assertThat(((Outcome.Quarantined) again).delivery().id()).isEqualTo(delivery.id());
        assertThat(store.deliveries()).hasSize(1);
    }

    @Test
    void aFileIsKnownByItsContentAndWithdrawn() throws IOException {
        String rows = "Meter,Time,kWh\nM1,2026-11-01 00:00,1.5\nM1,2026-11-01 00:30,0.25\n";

        List<Dealt> first = reception.file("a.csv", body(rows), -1, UTC);
        List<Dealt> second = reception.file("b.csv", body(rows), rows.length(), UTC);

        assertThat(first.getFirst().outcome()).isInstanceOf(Outcome.Taken.class);
        assertThat(second.getFirst().outcome()).isInstanceOf(Outcome.Known.class);
        Delivery delivery = store.deliveries().getFirst();
        assertThat(reception.withdraw(delivery).state()).isEqualTo(DeliveryState.WITHDRAWN);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() {
        InputStream broken = new SequenceInputStream(body("x".repeat(100_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                return read();
            }
        });

        assertThatThrownBy(() -> reception.file("a.csv", broken, -1, UTC))
                .isInstanceOf(Reception.BrokenOff.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(store.deliveries()).isEmpty();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void whatDoesNotFitTheDiskIsRefusedBeforeItIsRead() throws IOException {
        freeSpace = folder -> 100L << 20;
        reception = reception();

        assertThatThrownBy(() -> reception.file("a.csv", body("x"), 50L << 20, UTC))
                .isInstanceOf(Reception.NoRoom.class)
                .hasMessageContaining("100 MB free, and 114 MB are needed");
        assertThat(reception.file("a.csv", body("x"), 10L << 20, UTC)).hasSize(1);
    }

    @Test
    void whatAKilledServerLeftIsRemovedAtTheNextStart() throws IOException {
        Path left = Files.createDirectories(folder.resolve("uploads")).resolve("incoming-7.tmp");
        Files.writeString(left, "half");

        reception();

        assertThat(left).doesNotExist();
    }

    @Test
    void aDeadLetterOfTheInboxIsReadAgainAndMovedToDone() throws IOException {
        Path letter = Files.writeString(
                Files.createDirectories(folder.resolve("inbox/dead-letters")).resolve("a.json"), reading("2"));
        Delivery delivery =
                store.quarantine("a.json", digest(letter), Files.size(letter), clock.instant(), "came before");
        Path report = Files.writeString(letter.resolveSibling("a.json.report.json"), "{}");
        Path done = folder.resolve("inbox/done/2026-11-01/a.json");
        new Quarantine(folder.resolve("quarantine"))
                .keepAt(delivery.id(), new Letter("a.json", clock.instant(), letter, report, done), true);

        Dealt dealt = reception.retry(delivery, UTC).orElseThrow();

        assertThat(dealt.outcome()).isInstanceOf(Outcome.Taken.class);
        assertThat(stored()).isEqualByComparingTo("2");
        assertThat(letter).doesNotExist();
        assertThat(report).doesNotExist();
        assertThat(done).exists();
        assertThat(reception.retry(delivery, UTC))
                .as("nothing is kept any more")
                .isEmpty();
    }

    private static String digest(Path file) throws IOException {
        try (Documents documents = Documents.of("a.json", file, Instant.EPOCH)) {
            return Ingest.digestOf(documents.list().getFirst());
        }
    }

    private Stream<Path> uploads() {
        try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
