package io.tallywatt.aws.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.PartStore.Begun;
import io.tallywatt.core.store.PartStore.Whole;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.Taken;
import io.tallywatt.core.store.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes in parts, in any order and more than once, comes to what the in-memory store makes of the whole. */
class DynamoPartsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);
    private static final Instant RECEIVED = Instant.parse("2024-06-01T00:00:00Z");

    private final TestClock clock = new TestClock(Instant.parse("2024-07-01T08:00:00Z"));
    private final DynamoStore store = FreshStore.open(clock);

    private record Row(Series series, DayBlock block) {}

    private static GivenDocument document(String name, String settings, long behind, List<Row> rows, int rejects) {
        GivenDocument document =
                GivenDocument.of(name).settings(settings).receivedAt(RECEIVED).behind(behind);
        rows.forEach(row -> document.with(row.series, row.block));
        return rejects > 0 ? document.withRejects(rejects) : document;
    }

    private static Whole whole(String name, String settings, long lines, int parts) {
        return new Whole(name, "digest of " + name, 100 * lines, "given", settings, UTC, "kWh", RECEIVED, parts);
    }

    private static String open(Begun begun) {
        assertThat(begun).isInstanceOf(Begun.Open.class);
        return ((Begun.Open) begun).take();
    }

    private static Row row(String meter, LocalDate date, String values) {
        return new Row(Series.meterConsumption(meter), Blocks.regular(date, UTC, "PT6H", values));
    }

    @Test
    void nothingShowsUntilTheLastPartIsIn() {
        String take = open(store.begin(whole("big", "kWh", 2, 2)));
        GivenDocument second = document("big", "kWh", 1, List.of(row("M2", DAY, "5 5 5 5")), 0);
        assertThat(store.part(take, 1, second)).isEmpty();
        assertThat(store.part(take, 1, second)).isEmpty();
        assertThat(Told.all(store)).isBlank();
        assertThat(store.deliveries()).isEmpty();

        GivenDocument first = document("big", "kWh", 0, List.of(row("M1", DAY, "1 2 3 4")), 0);
        Optional<Taken> taken = store.part(take, 0, first);
        assertThat(taken).get().isInstanceOf(Taken.Stored.class);
        assertThat(Told.all(store)).contains("M1").contains("M2");
        assertThat(store.part(take, 0, first).map(Taken::delivery))
                .contains(taken.get().delivery());
        assertThat(store.begin(whole("big", "kWh", 2, 2)))
                .isEqualTo(new Begun.Known(taken.get().delivery()));
    }

    @Test
    void theSameDocumentIsBegunOnce() {
        String take = open(store.begin(whole("big", "kWh", 2, 2)));
        assertThat(open(store.begin(whole("big", "kWh", 2, 2)))).isEqualTo(take);
        assertThat(open(store.begin(whole("big", "other", 2, 2)))).isNotEqualTo(take);
    }

    @Test
    void aPartThatIsNotOneIsRefused() {
        String take = open(store.begin(whole("big", "kWh", 2, 2)));
        GivenDocument part = document("big", "kWh", 0, List.of(), 0);
        assertThatThrownBy(() -> store.part(take, 2, part)).hasMessageContaining("expected one from 0 to 1");
        assertThatThrownBy(() -> store.part("nothing", 0, part)).hasMessageContaining("nothing");
    }

    @Test
    void aDayThatStandsInSeveralPartsIsJoinedAsInOne() {
        Delivery coarse = store.take(document("a", "kWh", 0, List.of(row("M1", DAY, "1 1 1 1")), 0))
                .delivery();
        List<Row> fine = List.of(
                new Row(Series.meterConsumption("M1"), Blocks.regular(DAY, UTC, "PT3H", "1 1 1 1 - - - -")),
                new Row(Series.meterConsumption("M1"), Blocks.regular(DAY, UTC, "PT3H", "- - - - 2 2 2 2")));
        String take = open(store.begin(whole("big", "kWh", 2, 2)));
        store.part(take, 0, document("big", "kWh", 0, fine.subList(0, 1), 0));
        store.part(take, 1, document("big", "kWh", 1, fine.subList(1, 2), 0));
        try (Stream<StoredBlock> blocks = store.blocks(Series.meterConsumption("M1"), DAY, DAY.plusDays(1), null)) {
            assertThat(blocks.map(b -> Blocks.shown(b.block(), UTC))).containsExactly("1 1 1 1 2 2 2 2");
        }
        assertThat(coarse.id()).isEqualTo(1);
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsComeToWhatTheWholeComesTo(long seed) {
        Random random = new Random(seed);
        TestClock otherClock = new TestClock(clock.instant());
        InMemoryStore whole = new InMemoryStore(otherClock);
        for (int step = 0; step < 6; step++) {
            clock.advance(Duration.ofMinutes(1));
            otherClock.advance(Duration.ofMinutes(1));
            if (step > 1 && random.nextInt(4) == 0) {
                long id = 1L + random.nextInt(store.deliveries().size());
                store.withdraw(id);
                whole.withdraw(id);
            } else {
                takeBoth(random, whole, step);
            }
            assertThat(Told.all(store)).as("seed " + seed + ", step " + step).isEqualTo(Told.all(whole));
        }
    }

    private void takeBoth(Random random, InMemoryStore whole, int step) {
        // Sometimes one that came before, read in another way.
        String name = "d" + (random.nextInt(3) == 0 ? random.nextInt(step + 1) : step);
        String settings = "settings " + step;
        int parts = 1 + random.nextInt(5);
        List<List<Row>> rows = new ArrayList<>();
        List<Row> all = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            List<Row> some = rows(random);
            rows.add(some);
            all.addAll(some);
        }
        whole.take(document(name, settings, 0, all, 0));
        String take = open(store.begin(whole(name, settings, all.size(), parts)));
        List<Integer> order = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            order.addAll(Collections.nCopies(1 + random.nextInt(2), part));
        }
        Collections.shuffle(order, random);
        for (int part : order) {
            long behind = rows.subList(0, part).stream().mapToLong(List::size).sum();
            store.part(take, part, document(name, settings, behind, rows.get(part), 0));
        }
    }

    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            boolean fine = random.nextInt(6) == 0;
            StringJoiner values = new StringJoiner(" ");
            for (int i = 0; i < (fine ? 8 : 4); i++) {
                values.add(random.nextInt(4) == 0 ? "-" : Integer.toString(random.nextInt(9)));
            }
            LocalDate date = DAY.plusDays(random.nextInt(3));
            String channel = random.nextInt(3) == 0 ? "E" + random.nextInt(2) : null;
            rows.add(new Row(
                    new Series("meter", "M" + random.nextInt(5), "consumption", channel),
                    Blocks.regular(date, UTC, fine ? "PT3H" : "PT6H", values.toString())));
        }
        return rows;
    }
}
