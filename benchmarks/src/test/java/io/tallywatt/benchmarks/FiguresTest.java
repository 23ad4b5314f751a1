package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void percentileIsTheSmallestFigureThatSoManyDoNotExceed() {
        Figures hundred = new Figures(
                IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());

        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(hundred.percentile(1)).isEqualTo(1);
        assertThat(hundred.percentile(0)).isEqualTo(1);
    }

    @Test
    void ofFewFiguresAHighPercentileIsTheGreatest() {
        assertThat(new Figures(1, 2, 3).percentile(99)).isEqualTo(3);
        assertThat(new Figures(7).percentile(99)).isEqualTo(7);
        assertThat(new Figures(IntStream.range(0, 101).asDoubleStream().toArray()).percentile(99))
                .isEqualTo(99);
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(new Figures(4, 1, 2, 9).median()).isEqualTo(3);
        assertThat(new Figures(4, 1, 9).median()).isEqualTo(4);
    }

    @Test
    void latenciesKeepEveryTime() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 5000; i++) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.count()).isEqualTo(5000);
        assertThat(latencies.millis().toArray())
                .isEqualTo(DoubleStream.iterate(1, i -> i + 1).limit(5000).toArray());
    }
}
