package io.tallywatt.collectors.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SiteModelTest {
    private static final int FIVE_MINUTES = 300;
    private static final long QUARTER = 900;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;
    private static final long BEGIN = second("2025-01-01T00:00:00Z");
    private static final long END = BEGIN + 365 * DAY;

    static LongStream seeds() {
        return LongStream.range(0, Math.max(3, Integer.getInteger("tallywatt.seeds", 20) / 5));
    }

    private static long second(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static double mean(long from, long to, long step, LongToDoubleFunction value) {
        return LongStream.iterate(from, t -> t < to, t -> t + step)
                .mapToDouble(value)
                .average()
                .orElseThrow();
    }

    private static Solar solar(long seed) {
        return (Solar) Site.of(seed, 1).generation();
    }

    private static Wind wind(long seed) {
        return (Wind) Site.of(seed, 3).generation();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void panelsGiveNothingAtNightAndSomethingAtNoonAllTheYearRound(long seed) {
        Solar solar = solar(seed);
        for (long day = BEGIN; day < END; day += DAY) {
            long noon = day + DAY / 2 - Math.round(solar.longitude() / 15 * HOUR);
            assertThat(solar.wh(noon, FIVE_MINUTES)).isPositive();
            assertThat(solar.wh(noon + DAY / 2, FIVE_MINUTES)).isZero();
            assertThat(solar.usualWh(noon + DAY / 2, FIVE_MINUTES)).isZero();
        }
    }

    /** Sunrise and sunset by the almanac, in UTC; without the equation of time they are right to about 20 minutes. */
    @ParameterizedTest
    @CsvSource({
        "51.5, -0.1, 2026-06-21T03:43:00Z, 2026-06-21T20:21:00Z", // London
        "51.5, -0.1, 2026-12-21T08:04:00Z, 2026-12-21T15:53:00Z",
        "40.4, -3.7, 2026-03-20T06:24:00Z, 2026-03-20T18:32:00Z" // Madrid
    })
    void theSunRisesAndSetsWhenItDoes(double latitude, double longitude, Instant rise, Instant set) {
        long tolerance = 20 * 60;
        LongToDoubleFunction height = t -> Sun.sineOfHeight(t, latitude, longitude);

        assertThat(height.applyAsDouble(rise.getEpochSecond() - tolerance)).isNegative();
        assertThat(height.applyAsDouble(rise.getEpochSecond() + tolerance)).isPositive();
        assertThat(height.applyAsDouble(set.getEpochSecond() - tolerance)).isPositive();
        assertThat(height.applyAsDouble(set.getEpochSecond() + tolerance)).isNegative();
    }

    /** At the solstice, by geometry: 90 degrees - latitude + 23.45. */
    @Test
    void theSunIsAsHighAsItIs() {
        double highest = LongStream.range(0, 288)
                .mapToDouble(i -> Sun.sineOfHeight(second("2026-06-21T00:00:00Z") + i * FIVE_MINUTES, 51.5, 0))
                .max()
                .orElseThrow();

        assertThat(Math.toDegrees(Math.asin(highest))).isCloseTo(90 - 51.5 + 23.45, within(0.1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aYearOfSolarIsThatOfFlatPanelsInEuropeAndMoreInSummer(long seed) {
        Solar solar = solar(seed);
        double share = mean(BEGIN, END, QUARTER, solar::kw) / solar.capacityKw();
        double june = mean(second("2025-06-01T00:00:00Z"), second("2025-07-01T00:00:00Z"), QUARTER, solar::kw);
        double december = mean(second("2025-12-01T00:00:00Z"), second("2026-01-01T00:00:00Z"), QUARTER, solar::kw);

        assertThat(share).isBetween(0.09, 0.19);
        assertThat(june).isGreaterThan(2 * december);
        assertThat(mean(BEGIN, END, QUARTER, solar::throughClouds)).isCloseTo(0.8, within(0.04));
        assertThat(mean(BEGIN, END, QUARTER, solar::usualKw) / solar.capacityKw())
                .isCloseTo(share, within(0.015));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void cloudsLast(long seed) {
        Solar solar = solar(seed);
        double minutes = mean(BEGIN, BEGIN + 60 * DAY, QUARTER, t -> difference(solar::throughClouds, t, 300));
        double days = mean(BEGIN, BEGIN + 60 * DAY, QUARTER, t -> difference(solar::throughClouds, t, 2 * DAY));

        assertThat(minutes).isLessThan(days / 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void windWandersSlowlyBetweenCalmAndFullPower(long seed) {
        Wind wind = wind(seed);
        double hour = mean(BEGIN, END, QUARTER, t -> difference(wind::kw, t, HOUR));
        double week = mean(BEGIN, END, QUARTER, t -> difference(wind::kw, t, 7 * DAY));

        assertThat(hour).isLessThan(week / 3);
        assertThat(mean(BEGIN, END, QUARTER, wind::kw) / wind.capacityKw()).isBetween(0.2, 0.36);
        assertThat(mean(BEGIN, END, QUARTER, t -> wind.kw(t) == 0 ? 1 : 0)).isBetween(0.005, 0.15);
        assertThat(mean(BEGIN, END, QUARTER, t -> wind.kw(t) > 0.9 * wind.capacityKw() ? 1 : 0))
                .isBetween(0.005, 0.15);
        assertThat(LongStream.range(0, 10_000).mapToDouble(i -> wind.kw(BEGIN + i * HOUR)))
                .allMatch(kw -> kw >= 0 && kw <= wind.capacityKw());
    }

    private static double difference(LongToDoubleFunction value, long t, long later) {
        return Math.abs(value.applyAsDouble(t + later) - value.applyAsDouble(t));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSiteUsesMoreAtWorkAndAlwaysSomething(long seed) {
        Flow use = Site.of(seed, 2).consumption();
        double working = mean(second("2025-03-03T10:00:00Z"), second("2025-03-07T10:00:01Z"), DAY, use::kw);
        double weekend = mean(second("2025-03-08T10:00:00Z"), second("2025-03-09T10:00:01Z"), DAY, use::kw);
        double night = mean(second("2025-03-03T02:00:00Z"), second("2025-03-07T02:00:01Z"), DAY, use::kw);

        assertThat(LocalDate.ofInstant(Instant.parse("2025-03-03T10:00:00Z"), ZoneOffset.UTC)
                        .getDayOfWeek())
                .isEqualTo(DayOfWeek.MONDAY);
        assertThat(working).isGreaterThan(1.3 * weekend).isGreaterThan(1.6 * night);
        assertThat(mean(BEGIN, END, QUARTER, use::kw)).isCloseTo(use.typicalKw(), within(use.typicalKw() * 0.1));
        for (long t = BEGIN; t < END; t += QUARTER) {
            assertThat(use.wh(t, FIVE_MINUTES)).isPositive();
        }
    }

    @Test
    void theUsualUseHasNoJump() {
        Flow use = Site.of(1, 1).consumption();

        for (long t = BEGIN; t < BEGIN + 8 * DAY; t += 60) {
            assertThat(difference(use::usualKw, t, 60)).isLessThan(use.typicalKw() * 0.01);
        }
    }

    @Test
    void everySiteIsOfAnotherSizeAndEveryThirdIsWind() {
        Set<Double> sizes = new HashSet<>();
        IntStream.rangeClosed(1, 100).forEach(number -> {
            Site site = Site.of(5, number);
            switch (site.generation()) {
                case Solar solar -> sizes.add(solar.capacityKw());
                case Wind wind -> {
                    assertThat(number % 3).isZero();
                    sizes.add(wind.capacityKw());
                }
                case Demand demand -> throw new AssertionError("a site generates what it uses");
            }
        });

        assertThat(sizes).hasSize(100);
        assertThat(sizes).allSatisfy(kw -> assertThat(kw).isBetween(200.0, 4000.0));
    }
}
