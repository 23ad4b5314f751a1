package io.tallywatt.api.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartValueAxisTest {
    private static ValueAxis axis(String low, String high, boolean fromZero) {
        return ValueAxis.of(new Span(new BigDecimal(low), new BigDecimal(high)), fromZero);
    }

    private static List<String> labels(ValueAxis axis) {
        return axis.ticks().stream().map(t -> Words.number(t, false)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0     | 0.001      | 0.00000 0.00025 0.00050 0.00075 0.00100
                    0     | 0.9        | 0.00 0.25 0.50 0.75 1.00
                    0.1   | 3.4        | 0 1 2 3 4
                    2     | 1000       | 0 250 500 750 1,000
                    0     | 1000000000 | 0 250,000,000 500,000,000 750,000,000 1,000,000,000
                    -750  | 1900       | −1,000 0 1,000 2,000
                    -0.3  | -0.1       | −0.3 −0.2 −0.1 0.0
                    -1900 | -20        | −2,000 −1,500 −1,000 −500 0
                    0     | 0          | 0.00 0.25 0.50 0.75 1.00
                    7     | 7          | 0 2 4 6 8
                    """)
    void ticksAreRound(String low, String high, String expected) {
        assertThat(String.join(" ", labels(axis(low, high, true)))).isEqualTo(expected);
    }

    @Test
    void thereAreThreeToFiveTicksThatHoldAllValues() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            BigDecimal a = BigDecimal.valueOf(random.nextInt(1_000_000) - 400_000, random.nextInt(15) - 6);
            BigDecimal b = BigDecimal.valueOf(random.nextInt(1_000_000) - 400_000, random.nextInt(15) - 6);
            ValueAxis axis = ValueAxis.of(new Span(a.min(b), a.max(b)), random.nextBoolean());

            assertThat(axis.ticks()).as("%s to %s", a, b).hasSizeBetween(3, 5);
            assertThat(axis.low()).isLessThanOrEqualTo(a.min(b));
            assertThat(axis.high()).isGreaterThanOrEqualTo(a.max(b));
            String digits = axis.ticks()
                    .get(1)
                    .subtract(axis.low())
                    .stripTrailingZeros()
                    .unscaledValue()
                    .toString();
            assertThat(digits).isIn("1", "2", "25", "5");
        }
    }

    @Test
    void aLineThatVariesLittleDoesNotStartAtZero() {
        assertThat(labels(axis("228.1", "241.7", false))).containsExactly("225", "230", "235", "240", "245");
        assertThat(labels(axis("228.1", "241.7", true))).first().isEqualTo("0");
        assertThat(labels(axis("40", "130", false))).first().isEqualTo("0");
    }

    @Test
    void barsStartAtZeroOrAtTheEndNearestToIt() {
        assertThat(axis("-750", "1900", true).base()).isEqualByComparingTo("0");
        assertThat(axis("-750", "1900", true).crossesZero()).isTrue();
        assertThat(axis("1", "2", true).crossesZero()).isFalse();
        assertThat(axis("228", "241", false).base()).isEqualByComparingTo("225");
    }

    @Test
    void nothingToShowStillHasAnAxis() {
        assertThat(ValueAxis.of(null, true).low()).isEqualByComparingTo("0");
    }
}
