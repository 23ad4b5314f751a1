package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.time.Resolution;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what arrived is cut for reading: nobody can tell. */
class ArrivedPiecesTest {
    private static final int METERS = 5_000;
    private static final int DAYS = 10;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 10);

    @TempDir
    Path folder;

    /** Several revisions may become known at once, which no other test can bring about. */
    @Test
    void revisionsOfOneInstantArriveTogether() throws Exception {
        Path file = folder.resolve("together.duckdb");
        List<Delivery> taken = new ArrayList<>();
        try (DuckDbStore store = DuckDbStore.open(file, DuckDbSettings.DEFAULT, Clock.systemUTC())) {
            for (String meter : List.of("a", "c", "b", "d")) {
                GivenDocument document = GivenDocument.of(meter);
                document.with(Series.meterConsumption(meter), block(0, 1));
                taken.add(store.take(document).delivery());
            }
        }
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement s = c.createStatement()) {
            s.execute("UPDATE revisions SET known_at = (SELECT known_at FROM revisions WHERE id = 3) WHERE id = 2");
        }
        try (DuckDbStore store = DuckDbStore.open(file, DuckDbSettings.DEFAULT, Clock.systemUTC())) {
            assertThat(keys(arrived(store, Instant.EPOCH, 1))).containsExactly("a");
            assertThat(keys(arrived(store, Instant.EPOCH, 2))).containsExactly("a", "b", "c");
            assertThat(keys(arrived(store, Instant.EPOCH, 4))).containsExactly("a", "b", "c", "d");
            assertThat(keys(arrived(store, taken.get(0).knownAt(), 1))).containsExactly("b", "c");
            assertThat(keys(arrived(store, taken.get(2).knownAt(), 1))).containsExactly("d");
        }
    }

    private static List<String> keys(List<ArrivedBlock> arrived) {
        return arrived.stream().map(a -> a.series().key()).toList();
    }

    @Test
    void largeDeliveryArrivesWholeAndInOrder() {
        assertThat((long) METERS * DAYS).isGreaterThan(2 * Extents.PIECE);
        try (DuckDbStore store =
                DuckDbStore.open(folder.resolve("p.duckdb"), DuckDbSettings.DEFAULT, Clock.systemUTC())) {
            store.take(document("small", 7, 0));
            Delivery large = store.take(document("large", METERS, 0)).delivery();
            store.take(document("another small", 3, 1));
            // Says what is known, so that it holds no values of its own.
            Delivery same = store.take(document("large again", METERS, 0)).delivery();

            List<ArrivedBlock> one = arrived(store, Instant.EPOCH, 1);
            assertThat(one).hasSize(7 * DAYS);
            List<ArrivedBlock> two = arrived(store, one.getLast().knownAt(), 1);
            assertThat(two).hasSize(METERS * DAYS).allMatch(a -> a.delivery() == large.id());
            List<ArrivedBlock> all = arrived(store, Instant.EPOCH, Long.MAX_VALUE);
            assertThat(all).hasSize((7 + 3 + 2 * METERS) * DAYS);
            assertThat(all.subList(7 * DAYS, (7 + METERS) * DAYS)).isEqualTo(two);
            assertThat(all)
                    .isSortedAccordingTo(Comparator.comparing(ArrivedBlock::knownAt)
                            .thenComparing(a -> a.series().toString())
                            .thenComparing(a -> a.block().date()));
            Set<List<Object>> layers = new HashSet<>();
            all.forEach(a -> layers.add(List.of(a.delivery(), a.line(), a.series())));
            assertThat(layers).hasSameSizeAs(all);
            assertThat(all)
                    .filteredOn(a -> a.delivery() == same.id())
                    .extracting(ArrivedBlock::block)
                    .isEqualTo(two.stream().map(ArrivedBlock::block).toList());
        }
    }

    private static List<ArrivedBlock> arrived(DuckDbStore store, Instant after, long limit) {
        try (Stream<ArrivedBlock> arrived = store.arrived("meter/", after, limit)) {
            return arrived.toList();
        }
    }

    private static GivenDocument document(String name, int meters, int more) {
        GivenDocument document = GivenDocument.of(name).perBatch(2048);
        for (int meter = 0; meter < meters; meter++) {
            Series series = Series.meterConsumption("M" + meter);
            for (int d = 0; d < DAYS; d++) {
                document.with(series, block(d, meter + more));
            }
        }
        return document;
    }

    private static DayBlock block(int d, int first) {
        int day = (int) FIRST.plusDays(d).toEpochDay();
        long[] values = {first, d, 2, 3};
        return DayBlock.regular(day, day * 86_400L, new Resolution(21_600), 3, values, new byte[4]);
    }
}
