package io.tallywatt.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DayTalliesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);

    @Test
    void sumsAreThoseOfTheBlocks() {
        Random random = new Random(3);
        Map<Integer, Tally> expected = new HashMap<>();
        DayTallies one = new DayTallies();
        DayTallies other = new DayTallies();
        BlockBatch batch = new BlockBatch();
        for (int i = 0; i < 1000; i++) {
            int scale = random.nextInt(10);
            BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000_000), scale);
            String text = value.toPlainString();
            DayBlock block = Blocks.regular(
                    DAY.plusDays(random.nextInt(5)),
                    UTC,
                    "PT6H",
                    i % 3 == 0 ? text + " e1 - i-5" : text + " 1 2 " + text);
            batch.clear();
            batch.add(1, block, 1);
            (random.nextBoolean() ? one : other).add(batch, 0);
            expected.merge(block.day(), Tally.of(block), Tally::plus);
        }
        Map<Integer, Tally> sums = new HashMap<>();
        one.result(sums);
        other.result(sums);
        assertThat(sums.keySet()).isEqualTo(expected.keySet());
        sums.forEach((day, tally) ->
                assertThat(tally.minus(expected.get(day)).isZero()).isTrue());
    }

    @Test
    void sumsBeyondALongAreExact() {
        DayTallies tallies = new DayTallies();
        BlockBatch batch = new BlockBatch();
        long great = Long.MAX_VALUE / 10 * 9 + 1;
        DayBlock block = DayBlock.regular(5, 0, Resolution.DAY, 9, new long[] {great}, new byte[] {0});
        DayBlock negative = DayBlock.regular(5, 0, Resolution.DAY, 9, new long[] {-great}, new byte[] {0});
        batch.add(1, block, 1);
        batch.add(1, negative, 1);
        for (int i = 0; i < 1000; i++) {
            tallies.add(batch, 0);
        }
        for (int i = 0; i < 10; i++) {
            tallies.add(batch, 1);
        }
        Map<Integer, Tally> sums = new HashMap<>();
        tallies.result(sums);
        assertThat(sums.get(5).energyKwh()).isEqualByComparingTo(block.total().multiply(BigDecimal.valueOf(990)));
        assertThat(sums.get(5).actual()).isEqualTo(1010);
    }

    @Test
    void differenceOfATallyFromItselfIsZero() {
        Tally tally = Tally.of(Blocks.regular(DAY, UTC, "PT6H", "1 e2 i-3 -"));
        assertThat(tally.missing()).isEqualTo(1);
        assertThat(tally.minus(tally).isZero()).isTrue();
        assertThat(tally.plus(tally).minus(tally)).isEqualTo(tally);
        assertThat(Tally.of(null)).isEqualTo(Tally.NONE);
        assertThat(Tally.NONE.isZero()).isTrue();
        assertThat(new Tally(BigDecimal.ZERO, 0, 1, 0, 0, 0, 0, 0).isZero()).isFalse();
    }
}
