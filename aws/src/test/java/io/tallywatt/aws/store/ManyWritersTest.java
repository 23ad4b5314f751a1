package io.tallywatt.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Several processes take and withdraw at once, on a table that leaves batches undone and answers lost, and are killed again and again. What the log says
 * was done, done one after the other by the in-memory store, comes to the same: now, and as of each step.
 */
class ManyWritersTest {
    private static final int WRITERS = 4;
    private static final int STEPS = 6;
    private static final int DOCUMENTS = 12;
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);
    private static final Instant RECEIVED = Instant.parse("2024-06-01T00:00:00Z");

    private final String table = FreshStore.table();

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    private static GivenDocument document(long seed, int number) {
        Random random = new Random(seed * 1_000 + number);
        GivenDocument document =
                GivenDocument.of("d" + number).receivedAt(RECEIVED.plusSeconds(60L * random.nextInt(DOCUMENTS)));
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            StringJoiner values = new StringJoiner(" ");
            for (int i = 0; i < 4; i++) {
                values.add(random.nextInt(4) == 0 ? "-" : Integer.toString(random.nextInt(9)));
            }
            String kind = random.nextInt(5) == 0 ? "site" : "meter";
            // Things lie on two pages of the catalogue, and some documents have nothing in common.
            Series series = new Series(kind, "M" + random.nextInt(9), "consumption", null);
            document.with(series, Blocks.regular(DAY.plusDays(random.nextInt(3)), UTC, "PT6H", values.toString()));
        }
        return document;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToWhatTheLogSaysWasDone(long seed) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(seed * 100 + writer);
            writers.add(Thread.ofPlatform().start(() -> {
                try {
                    write(seed, random);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failure.get()).as("seed " + seed).isNull();
        compare(seed);
    }

    private void write(long seed, Random random) {
        for (int step = 0; step < STEPS; step++) {
            int number = random.nextInt(DOCUMENTS);
            boolean withdraws = random.nextInt(4) == 0;
            while (!isDone(seed, number, withdraws, random)) {
                // Whoever is killed is started anew, and tries again.
            }
        }
    }

    private boolean isDone(long seed, int number, boolean withdraws, Random random) {
        DynamoStore store = DynamoStore.open(
                TroubledDynamoDb.of(LocalDynamoDb.get().client(), new Random(random.nextLong()), 60),
                table,
                Clock.systemUTC());
        try {
            if (withdraws) {
                store.byDigest("digest of d" + number).ifPresent(delivery -> store.withdraw(delivery.id()));
            } else {
                store.take(document(seed, number));
            }
            return true;
        } catch (TroubledDynamoDb.Killed | SdkClientException e) {
            return false;
        }
    }

    private void compare(long seed) {
        DynamoStore store = DynamoStore.open(LocalDynamoDb.get().client(), table, Clock.systemUTC());
        Table items = new Table(LocalDynamoDb.get().client(), table);
        TestClock clock = new TestClock(Instant.parse("2024-07-01T08:00:00Z"));
        InMemoryStore oracle = new InMemoryStore(clock);
        String story = "seed " + seed + ":";
        for (Log.Entry entry : new Log(items).all(1, Head.read(items).revision())) {
            clock.advance(Duration.ofMinutes(1));
            int number = Integer.parseInt(entry.digest().substring("digest of d".length()));
            boolean withdrawn = !entry.ended().isEmpty();
            story += (withdrawn ? " withdraw " : " take ") + number;
            if (withdrawn) {
                oracle.withdraw(oracle.byDigest(entry.digest()).orElseThrow().id());
            } else {
                oracle.take(document(seed, number));
            }
            assertThat(Told.readings(store, Tickets.instant(entry.knownAt())))
                    .as(story)
                    .isEqualTo(Told.readings(oracle, null));
        }
        assertThat(Told.all(store)).as(story).isEqualTo(Told.all(oracle));
    }
}
