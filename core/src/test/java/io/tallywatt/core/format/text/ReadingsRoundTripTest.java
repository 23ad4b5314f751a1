package io.tallywatt.core.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.text.Documents.Outcome;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks written as text and read again are the same blocks, whatever their steps, gaps and qualities, on days of a clock
 * change too. The seed is in the test's name; {@code -Dtallywatt.seeds=N} runs more.
 */
class ReadingsRoundTripTest {
    static LongStream seeds() {
        return LongStream.range(0, 5L * Integer.getInteger("tallywatt.seeds", 20));
    }

    private static ReadingOptions options(RandomReadings given, @Nullable Series series) {
        return new ReadingOptions(
                given.zone(),
                true,
                null,
                null,
                null,
                null,
                null,
                series,
                null,
                null,
                ReadingOptions.DEFAULT_PLAUSIBLE_KW);
    }

    private static void check(RandomReadings given, String text, ReadingOptions options, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Outcome outcome = Documents.read(bytes, "given", options);
        assertThat(outcome.rejects).isEmpty();
        Map<String, DayBlock> read = new TreeMap<>();
        for (Documents.Block block : outcome.blocks) {
            String series = block.series().contains("/")
                    ? block.series()
                    : Series.meterConsumption(block.series()).toString();
            assertThat(read.put(series + " " + block.block().date(), block.block()))
                    .isNull();
        }
        assertThat(read).isEqualTo(given.blocks());
        assertThat(Documents.readInPieces(bytes, "given", options, random).summary(given.zone()))
                .isEqualTo(outcome.summary(given.zone()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void jsonReadsBackToTheSameBlocks(long seed) {
        Random random = new Random(seed);
        RandomReadings given = new RandomReadings(random);
        check(given, given.json(), options(given, null), random);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anExportWithASeriesColumnReadsBackToTheSameBlocks(long seed) {
        Random random = new Random(seed);
        RandomReadings given = new RandomReadings(random);
        check(given, given.csv(true, random.nextBoolean()), options(given, null), random);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anExportOfOneSeriesReadsBackUnderTheOption(long seed) {
        Random random = new Random(seed);
        RandomReadings given = new RandomReadings(random, 1);
        check(given, given.csv(false, random.nextBoolean()), options(given, given.onlySeries()), random);
    }
}
