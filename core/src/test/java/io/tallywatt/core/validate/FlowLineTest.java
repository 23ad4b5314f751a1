package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowLineTest {
    private static Reading reading(long from, long to, String mw, Quality quality) {
        return new Reading(
                new Interval(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to)), new BigDecimal(mw), quality);
    }

    private static FlowLine line(Reading... readings) {
        return FlowLine.of(List.of(readings));
    }

    @Test
    void theMeanIsWeightedByTimeAndExact() {
        FlowLine line = line(
                reading(0, 300, "100", Quality.ACTUAL),
                reading(300, 600, "-50.5", Quality.ESTIMATED),
                reading(600, 1200, "0.000000001", Quality.ACTUAL));
        assertThat(line.mean(0, 300)).isEqualByComparingTo("100");
        assertThat(line.mean(0, 600)).isEqualByComparingTo("24.75");
        assertThat(line.mean(150, 450)).isEqualByComparingTo("24.75");
        assertThat(line.mean(0, 900)).isEqualByComparingTo("16.5");
        assertThat(line.mean(700, 701)).isEqualByComparingTo("0.000000001");
    }

    @Test
    void whatIsNotAllKnownHasNoMean() {
        FlowLine line = line(reading(0, 300, "100", Quality.ACTUAL), reading(301, 600, "100", Quality.ACTUAL));
        assertThat(line.mean(0, 301)).isNull();
        assertThat(line.mean(0, 600)).isNull();
        assertThat(line.mean(-1, 100)).isNull();
        assertThat(line.mean(500, 601)).isNull();
        assertThat(line.mean(301, 600)).isEqualByComparingTo("100");
        assertThat(line.touches(300, 301)).isFalse();
        assertThat(line.touches(300, 302)).isTrue();
        assertThat(line.gaps(1000)).containsExactly(new long[] {300, 301}, new long[] {600, 1000});
        assertThat(FlowLine.of(List.of()).gaps(1000)).isEmpty();
        assertThat(FlowLine.of(List.of()).mean(0, 1)).isNull();
    }

    @Test
    void whatDoesNotCountIsNotKnown() {
        assertThat(line(reading(0, 300, "100", Quality.INVALID)).mean(0, 300)).isNull();
        assertThat(line(reading(0, 300, "1", Quality.ACTUAL), reading(200, 500, "2", Quality.ACTUAL))
                        .mean(0, 300))
                .isEqualByComparingTo("1");
    }

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void meansAreThoseOfEachSecond(long seed) {
        Random random = new Random(seed);
        int length = 400;
        BigDecimal[] each = new BigDecimal[length];
        List<Reading> readings = new ArrayList<>();
        for (int at = random.nextInt(5); at < length; ) {
            int to = Math.min(length, at + 1 + random.nextInt(30));
            BigDecimal mw = BigDecimal.valueOf(random.nextInt(2_000_001) - 1_000_000, random.nextInt(4));
            readings.add(reading(at, to, mw.toPlainString(), Quality.ACTUAL));
            Arrays.fill(each, at, to, mw);
            at = to + (random.nextInt(4) == 0 ? random.nextInt(10) : 0);
        }
        Collections.shuffle(readings, random);
        FlowLine line = FlowLine.of(readings);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(length - 1);
            int to = from + 1 + random.nextInt(Math.min(60, length - from - 1) + 1);
            BigDecimal sum = BigDecimal.ZERO;
            for (int s = from; s < to && sum != null; s++) {
                sum = s >= length || each[s] == null ? null : sum.add(each[s]);
            }
            BigDecimal mean = line.mean(from, to);
            if (sum == null) {
                assertThat(mean).isNull();
            } else {
                assertThat(mean)
                        .isEqualByComparingTo(sum.divide(BigDecimal.valueOf(to - from), 9, RoundingMode.HALF_EVEN));
            }
        }
    }
}
