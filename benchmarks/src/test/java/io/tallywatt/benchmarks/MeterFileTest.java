package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.store.Counts;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import io.tallywatt.packing.Documents;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterFileTest {
    private static final int METERS = 7;
    private static final int DAYS = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void sameSeedWritesTheSameBytes(MeterFile.Order order) throws IOException {
        Path first =
                new MeterFile(METERS, DAYS, order, 1).write(folder.resolve("a")).path();
        Path again =
                new MeterFile(METERS, DAYS, order, 1).write(folder.resolve("b")).path();
        Path other =
                new MeterFile(METERS, DAYS, order, 2).write(folder.resolve("c")).path();

        assertThat(again).hasSameBinaryContentAs(first);
        assertThat(Files.mismatch(first, other)).isNotEqualTo(-1);
    }

    @Test
    void bothOrdersHoldTheSameRows() throws IOException {
        Path byMeter = new MeterFile(METERS, DAYS, MeterFile.Order.METER, 1)
                .write(folder.resolve("meter"))
                .path();
        Path byDate = new MeterFile(METERS, DAYS, MeterFile.Order.DATE, 1)
                .write(folder.resolve("date"))
                .path();

        assertThat(Files.readAllLines(byDate))
                .isNotEqualTo(Files.readAllLines(byMeter))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(byMeter));
    }

    @ParameterizedTest
    @EnumSource
    void isReadWhole(MeterFile.Order order) throws IOException {
        MeterFile.Written file = new MeterFile(METERS, DAYS, order, 1).write(folder.resolve("meters.csv"));

        try (DuckDbStore store = open()) {
            Counts counts = take(store, file.path());

            assertThat(counts.rows()).isEqualTo(METERS * DAYS).isEqualTo(file.rows());
            assertThat(counts.created()).isEqualTo(METERS * DAYS);
            assertThat(counts.rejected()).isZero();
            assertThat(total(store)).isEqualByComparingTo(file.totalKwh()).isEqualByComparingTo(sumOf(file.path()));
        }
    }

    @Test
    void sameReadingsComeThroughTheStoresPort() throws IOException {
        MeterFile.Written file =
                new MeterFile(METERS, DAYS, MeterFile.Order.METER, 1).write(folder.resolve("meters.csv"));

        try (DuckDbStore store = open()) {
            int from = Math.toIntExact(MeterFile.FIRST.toEpochDay());
            for (int d = 0; d < DAYS; d++) {
                store.take(new MeterBlocks(new Demand(1), METERS, from + d, 1));
            }

            assertThat(total(store)).isEqualByComparingTo(file.totalKwh());
        }
    }

    private DuckDbStore open() {
        return DuckDbStore.open(
                folder.resolve("store.duckdb"), new DuckDbSettings(2, "500MB", false), Clock.systemUTC());
    }

    private static Counts take(DuckDbStore store, Path file) throws IOException {
        try (Documents documents = Documents.of("meters.csv", file, Instant.EPOCH)) {
            Ingest ingest = new Ingest(store, store, new NoDeadLetters(), attempt -> {});
            Outcome outcome =
                    ingest.take(documents.list().getFirst(), ReadingOptions.in(ZoneOffset.UTC), Progress.NONE);
            assertThat(outcome).isInstanceOf(Outcome.Taken.class);
            return ((Outcome.Taken) outcome).delivery().counts();
        }
    }

    private static BigDecimal total(DuckDbStore store) {
        return new Answers(store)
                .totals(Answers.EARLIEST, Answers.LATEST, null).stream()
                        .map(Total::total)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal sumOf(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .flatMap(row -> Arrays.stream(row.split(",")).skip(2))
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Every generated file can be read. */
    private static final class NoDeadLetters implements DeadLetters {
        @Override
        public void keep(long delivery, Document document) {
            throw new IllegalStateException(document.name() + " went to quarantine");
        }

        @Override
        public Optional<Document> find(long delivery) {
            return Optional.empty();
        }

        @Override
        public void discard(long delivery) {}
    }
}
