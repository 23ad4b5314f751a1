package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RobustTest {
    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfBothInTheMiddle() {
        assertThat(Robust.median(new long[] {9, 1, 4, 2}, 4)).isEqualTo(3);
        assertThat(Robust.median(new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 2}, 2))
                .isEqualTo(Long.MAX_VALUE - 1);
        assertThat(Robust.median(new long[] {5, 1, 3}, 3)).isEqualTo(3);
    }

    @Test
    void manyValuesAreSortedAsFewAre() {
        Random random = new Random(5);
        for (int n = 1; n < 80; n++) {
            long[] values = random.longs(n, -50, 50).toArray();
            long[] sorted = values.clone();
            Arrays.sort(sorted);
            Robust.median(values, n);
            assertThat(values).isEqualTo(sorted);
        }
    }

    @Test
    void productsAndSumsThatDoNotFitAreTheGreatestThereIs() {
        Random random = new Random(6);
        BigInteger greatest = BigInteger.valueOf(Long.MAX_VALUE);
        BigInteger smallest = BigInteger.valueOf(Long.MIN_VALUE);
        for (int i = 0; i < 10_000; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
            assertThat(Robust.plus(a, b))
                    .isEqualTo(sum.min(greatest).max(smallest).longValueExact());
            BigInteger difference = BigInteger.valueOf(a).subtract(BigInteger.valueOf(b));
            assertThat(Robust.minus(a, b))
                    .isEqualTo(difference.min(greatest).max(smallest).longValueExact());
            long num = 1L + random.nextInt(1_000_000);
            long den = 1L + random.nextInt(100_000);
            BigInteger exact =
                    BigInteger.valueOf(a).multiply(BigInteger.valueOf(num)).divide(BigInteger.valueOf(den));
            BigInteger got = BigInteger.valueOf(Robust.times(a, num, den));
            // Big ones lose the digits of a division by den before the product.
            assertThat(got.subtract(exact.min(greatest).max(smallest)).abs())
                    .isLessThanOrEqualTo(
                            BigInteger.valueOf(a)
                                                    .multiply(BigInteger.valueOf(num))
                                                    .bitLength()
                                            < 63
                                    ? BigInteger.ZERO
                                    : BigInteger.valueOf(num));
        }
    }
}
