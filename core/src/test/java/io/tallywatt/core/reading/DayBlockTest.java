package io.tallywatt.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayBlockTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);

    private static DayBlock quarters(String values) {
        return Blocks.regular(DAY, UTC, "PT6H", values);
    }

    @Test
    void scaleIsTheSmallestThatHoldsTheValues() {
        DayBlock block = quarters("1.500 2.000 0 10.00");
        assertThat(block.scale()).isEqualTo(1);
        assertThat(block.values()).containsExactly(15, 20, 0, 100);
        assertThat(quarters("100 200 0 0").scale()).isZero();
        assertThat(quarters("0.000 0 0 0").scale()).isZero();
    }

    @Test
    void equalNumbersMakeEqualBlocks() {
        assertThat(quarters("1.50 2 3 4"))
                .isEqualTo(quarters("1.5 2.0 3.000 4"))
                .hasSameHashCodeAs(quarters("1.5 2 3 4"));
        assertThat(quarters("1.5 2 3 4")).isNotEqualTo(quarters("1.5 2 3 e4")).isNotEqualTo(quarters("1.5 2 3 -"));
    }

    @Test
    void valueOfAMissingReadingDoesNotMatter() {
        DayBlock block = DayBlock.regular(
                5, 0, new Resolution(21_600), 3, new long[] {1000, 123, 2000, 0}, new byte[] {0, 4, 0, 4});
        assertThat(block.scale()).isZero();
        assertThat(block.values()).containsExactly(1, 0, 2, 0);
    }

    @Test
    void invalidAndMissingAreNotPartOfSums() {
        DayBlock block = quarters("1 i-99 e2.5 -");
        assertThat(block.total()).isEqualByComparingTo("3.5");
        assertThat(block.counted()).isEqualTo(2);
        assertThat(block.count(Quality.INVALID)).isEqualTo(1);
        assertThat(block.minUnits()).isEqualTo(10);
        assertThat(block.maxUnits()).isEqualTo(25);
        assertThat(block.isComplete()).isFalse();
        assertThat(quarters("1 i-99 e2.5 0").isComplete()).isTrue();
    }

    @Test
    void readingsHaveTheirIntervals() {
        Instant midnight = Instant.parse("2024-02-10T00:00:00Z");
        List<Reading> readings = quarters("1 - 2.5 3").readings(0);
        assertThat(readings).hasSize(4);
        assertThat(readings.get(1).value()).isNull();
        assertThat(readings.get(2).value()).isEqualByComparingTo(new BigDecimal("2.5"));
        assertThat(readings.get(2).interval().start()).isEqualTo(midnight.plusSeconds(12 * 3600));
        assertThat(readings.get(2).interval().end()).isEqualTo(midnight.plusSeconds(18 * 3600));
    }

    @Test
    void dailyReadingEndsWithTheDay() {
        ZoneId london = ZoneId.of("Europe/London");
        LocalDate autumn = LocalDate.of(2024, 10, 27);
        long end = autumn.plusDays(1).atStartOfDay(london).toEpochSecond();
        Reading reading =
                Blocks.regular(autumn, london, "P1D", "7").readings(end).getFirst();
        assertThat(reading.interval().duration()).hasHours(25);
    }

    @Test
    void overlappingExactIntervalsAreRefused() {
        assertThatThrownBy(() -> Blocks.irregular(DAY, UTC, "01:00-02:00=1 01:30-03:00=1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blocks.irregular(DAY, UTC, "02:00-02:00=1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void batchGivesBlocksBackAsTheyWere() {
        List<DayBlock> blocks = List.of(
                quarters("1 2.25 3 4"),
                Blocks.irregular(DAY, UTC, "01:00-02:00=1.5 03:00-04:00=i-1"),
                quarters("- e1 s2.125 i-3"),
                Blocks.filled(DAY, UTC, "PT5M", i -> "0." + i),
                Blocks.irregular(DAY, UTC, "05:00-06:00=1"));
        BlockBatch batch = new BlockBatch();
        for (int round = 0; round < 2; round++) {
            batch.clear();
            for (int i = 0; i < 600; i++) {
                batch.add(i, blocks.get(i % blocks.size()), 1000 + i);
            }
            for (int i = 0; i < 600; i++) {
                DayBlock block = blocks.get(i % blocks.size());
                assertThat(batch.block(i)).isEqualTo(block);
                assertThat(batch.total[i]).isEqualTo(block.totalUnits());
                assertThat(batch.counted[i]).isEqualTo(block.counted());
                assertThat(batch.allActual[i]).isEqualTo(block.count(Quality.ACTUAL) == block.length());
                assertThat(batch.line[i]).isEqualTo(1000 + i);
            }
        }
        batch.retain(new int[] {1, 7, 598}, 3);
        assertThat(batch.size).isEqualTo(3);
        assertThat(batch.series).startsWith(1, 7, 598);
        assertThat(batch.block(0)).isEqualTo(blocks.get(1));
        assertThat(batch.block(1)).isEqualTo(blocks.get(2));
        assertThat(batch.block(2)).isEqualTo(blocks.get(3));
    }

    @Test
    void decimalsAreShownPlainAndTrimmed() {
        assertThat(Scaled.text(new BigDecimal("12.500"))).isEqualTo("12.5");
        assertThat(Scaled.text(new BigDecimal("1.2E3"))).isEqualTo("1200");
        assertThat(Scaled.text(new BigDecimal("0.000"))).isEqualTo("0");
        assertThat(Scaled.trim(new BigDecimal("1200.00"))).isEqualTo(new BigDecimal("1200"));
        assertThat(Scaled.fits(9_223_372_036L, 0, 9)).isTrue();
        assertThat(Scaled.fits(9_223_372_037L, 0, 9)).isFalse();
        assertThat(Scaled.fits(-9_223_372_037L, 0, 9)).isFalse();
    }
}
