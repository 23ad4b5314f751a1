package io.tallywatt.aws.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.time.Resolution;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerBytesTest {
    private static final LocalDate DAY = LocalDate.of(2024, 2, 10);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static DayBlock block(Random random) {
        int day = (int) DAY.toEpochDay();
        long start = day * 86_400L + (random.nextInt(27) - 13) * 3_600L;
        int length = chosen(random, 1, 3, 48, 288);
        byte[] qualities = new byte[length];
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            qualities[i] = random.nextInt(3) == 0 ? (byte) random.nextInt(Quality.values().length) : 0;
            values[i] = random.nextLong() >> random.nextInt(64);
        }
        int scale = random.nextInt(10);
        if (random.nextBoolean()) {
            return DayBlock.regular(day, start, new Resolution(86_400 / length), scale, values, qualities);
        }
        long[] starts = new long[length];
        long[] ends = new long[length];
        long at = start - random.nextInt(60);
        for (int i = 0; i < length; i++) {
            starts[i] = at + random.nextInt(5);
            ends[i] = starts[i] + 1 + random.nextInt(1_000);
            at = ends[i];
        }
        return DayBlock.irregular(day, start, scale, values, qualities, starts, ends);
    }

    private static int chosen(Random random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void blocksComeBackAsTheyWere(long seed) {
        Random random = new Random(seed);
        DayBlock block = block(random);
        long line = random.nextLong() >>> 1;
        LayerBytes.Given read = LayerBytes.read(block.day(), LayerBytes.of(line, block));
        assertThat(read.block()).isEqualTo(block);
        assertThat(read.line()).isEqualTo(line);
    }

    @Test
    void aDayOfHalfHoursIsOneWriteUnitAndSoIsOneOfFiveMinutes() {
        Random random = new Random(1);
        for (int length : new int[] {48, 288}) {
            long[] values = random.longs(length, 0, 10_000).toArray();
            DayBlock block = DayBlock.regular(
                    (int) DAY.toEpochDay(),
                    DAY.toEpochDay() * 86_400,
                    new Resolution(86_400 / length),
                    3,
                    values,
                    new byte[length]);
            assertThat(LayerBytes.of(1, block).length).as(length + " values").isLessThan(900);
        }
    }

    @Test
    void damagedBytesAreSaidToBeDamaged() {
        byte[] bytes = LayerBytes.of(1, block(new Random(3)));
        bytes[0] = 7;
        assertThatThrownBy(() -> LayerBytes.read(1, bytes))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aDayLargerThanAnItemMayBeIsKept() {
        int seconds = 86_400;
        Random random = new Random(1);
        long[] values = random.longs(seconds, 0, 1L << 60).toArray();
        DayBlock block = DayBlock.regular(
                (int) DAY.toEpochDay(), DAY.toEpochDay() * 86_400, new Resolution(1), 9, values, new byte[seconds]);
        assertThat(LayerBytes.of(1, block).length).isGreaterThan(400_000);
        DynamoStore store = FreshStore.open(Clock.systemUTC());
        Series series = new Series("site", "s", "generation", null);
        store.take(GivenDocument.of("a").with(series, block));
        try (Stream<StoredBlock> blocks = store.blocks(series, DAY, DAY.plusDays(1), null)) {
            assertThat(blocks.map(StoredBlock::block)).containsExactly(block);
        }
    }
}
