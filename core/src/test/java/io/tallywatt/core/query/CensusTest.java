package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CensusTest {
    @Test
    void quantilesAreTheNearestRanksOfAllValues() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int n : new int[] {1, 2, 3, 7, 100, 12_345}) {
            Census census = new Census();
            long[] all = new long[n];
            for (int i = 0; i < n; i++) {
                // Whole thousandths below ten, which four digits hold.
                all[i] = random.nextInt(9_999) * 1_000_000L - (random.nextInt(50) == 0 ? 5_000_000_000L : 0);
                census.add(all[i]);
            }
            Arrays.sort(all);
            BigDecimal[] found = census.quantiles(10, 25, 75, 90, 100);
            int[] percents = {10, 25, 75, 90, 100};
            for (int q = 0; q < percents.length; q++) {
                int rank = (int) Math.ceil(percents[q] * (double) n / 100);
                assertThat(found[q])
                        .as(n + " values, " + percents[q] + " %")
                        .isEqualByComparingTo(BigDecimal.valueOf(all[rank - 1], 9));
            }
        }
    }

    @Test
    void longerNumbersAreRoundedToFourDigits() {
        assertThat(Census.rounded(123_456)).isEqualTo(123_500);
        assertThat(Census.rounded(123_449)).isEqualTo(123_400);
        assertThat(Census.rounded(-123_450)).isEqualTo(-123_500);
        assertThat(Census.rounded(9_999)).isEqualTo(9_999);
        assertThat(Census.rounded(99_999)).isEqualTo(100_000);
        assertThat(Census.rounded(0)).isZero();
    }

    @Test
    void nothingHasNoQuantiles() {
        assertThat(new Census().quantiles(50)).isEmpty();
    }
}
