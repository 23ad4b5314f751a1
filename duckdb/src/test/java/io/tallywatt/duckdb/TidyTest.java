package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.time.Resolution;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyTest {
    private static final int METERS = 6_500;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 10);
    private static final LocalDate END = LocalDate.of(2024, 4, 1);

    @TempDir
    Path folder;

    @Test
    void closedMonthsArePutInOrderAndNoAnswerChanges() {
        try (DuckDbStore store =
                DuckDbStore.open(folder.resolve("t.duckdb"), DuckDbSettings.DEFAULT, Clock.systemUTC())) {
            for (int night = 0; night < 8; night++) {
                store.take(night("night " + night, FIRST.plusDays(night), METERS));
            }
            store.take(night("much later", LocalDate.of(2024, 3, 20), 3));
            List<JournalEntry> totals = store.totals(FIRST, END, null);
            List<StoredBlock> year = year(store);
            assertThat(year).hasSize(8);
            List<ArrivedBlock> arrived = arrived(store);
            assertThat(arrived).hasSize(8);

            assertThat(store.tidy()).containsExactly(YearMonth.of(2024, 1));

            assertThat(store.totals(FIRST, END, null)).isEqualTo(totals);
            assertThat(year(store)).isEqualTo(year);
            assertThat(arrived(store)).isEqualTo(arrived);
            try (Stream<StoredBlock> day = store.blocksOn(FIRST, null)) {
                assertThat(day.count()).isEqualTo(METERS);
            }
            assertThat(store.tidy()).as("a second time there is nothing to do").isEmpty();

            long withdrawn = store.byDigest("digest of night 3").orElseThrow().id();
            assertThat(store.withdraw(withdrawn).counts().removed()).isEqualTo(METERS);
            assertThat(year(store)).hasSize(7);
        }
    }

    private static List<StoredBlock> year(DuckDbStore store) {
        try (Stream<StoredBlock> blocks = store.blocks(series(42), FIRST, END, null)) {
            return blocks.toList();
        }
    }

    private static List<ArrivedBlock> arrived(DuckDbStore store) {
        try (Stream<ArrivedBlock> arrived = store.arrived("meter/M42", Instant.EPOCH, 100)) {
            return arrived.toList();
        }
    }

    private static Series series(int meter) {
        return Series.meterConsumption("M" + meter);
    }

    private static GivenDocument night(String name, LocalDate date, int meters) {
        GivenDocument document = GivenDocument.of(name).perBatch(2048);
        int day = (int) date.toEpochDay();
        for (int meter = 0; meter < meters; meter++) {
            document.with(
                    series(meter),
                    DayBlock.regular(day, day * 86_400L, Resolution.HOUR, 3, values(meter + day), new byte[24]));
        }
        return document;
    }

    private static long[] values(int seed) {
        long[] values = new long[24];
        for (int i = 0; i < values.length; i++) {
            values[i] = (seed * 31L + i * 17L) % 1000;
        }
        return values;
    }
}
