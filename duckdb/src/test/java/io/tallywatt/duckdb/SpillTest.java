package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.Blocks;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);

    @TempDir
    Path folder;

    private static DayBlock block(int i) {
        LocalDate date = DAY.plusDays(i % 1000);
        return switch (i % 4) {
            case 0 -> Blocks.filled(date, UTC, "PT30M", h -> Integer.toString(i + h));
            case 1 -> Blocks.filled(date, UTC, "PT1H", h -> h % 3 == 0 ? "-" : "e" + i + "." + h);
            case 2 -> Blocks.irregular(date, UTC, "01:00-02:00=" + i + " 03:30-04:00=i-2");
            default -> Blocks.regular(date, UTC, "P1D", "s" + i);
        };
    }

    private void givesBackAll(int count, boolean inMemory) {
        Path file = folder.resolve("spill");
        try (Spill spill = new Spill(file)) {
            BlockBatch batch = new BlockBatch();
            int added = 0;
            while (added < count) {
                batch.clear();
                while (!batch.isFull() && added < count) {
                    batch.add(added, block(added), added + 10L);
                    added++;
                }
                for (int b = 0; b < batch.size; b++) {
                    spill.add(batch, b);
                }
            }
            assertThat(spill.size()).isEqualTo(count);
            List<Integer> wrong = new ArrayList<>();
            int read = 0;
            while (spill.next(batch)) {
                for (int b = 0; b < batch.size; b++) {
                    boolean same = batch.series[b] == read
                            && batch.line[b] == read + 10L
                            && batch.block(b).equals(block(read));
                    if (!same) {
                        wrong.add(read);
                    }
                    read++;
                }
            }
            assertThat(read).isEqualTo(count);
            assertThat(wrong).isEmpty();
            assertThat(batch.size).isZero();
        }
        assertThat(file).doesNotExist();
        assertThat(inMemory).isEqualTo(count < 10_000);
    }

    @Test
    void fewBlocksComeBackFromMemory() {
        givesBackAll(1, true);
        givesBackAll(3000, true);
    }

    @Test
    void manyBlocksComeBackFromAFile() {
        givesBackAll(150_000, false);
    }
}
