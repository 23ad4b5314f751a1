package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Instant START = Instant.parse("2024-10-26T23:00:00Z");

    private static List<Envelope.Band> bands(List<Reading> readings, String every) {
        List<Envelope.Band> bands = new ArrayList<>();
        new Envelope(readings.iterator(), Every.parse(every), LONDON).forEachRemaining(bands::add);
        return bands;
    }

    private static Reading minute(int number, long value) {
        Instant start = START.plusSeconds(60L * number);
        return new Reading(new Interval(start, start.plusSeconds(60)), BigDecimal.valueOf(value), Quality.ACTUAL);
    }

    @Test
    void everyPeakOfManyReadingsIsInItsStep() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(10) > 0) {
                readings.add(minute(i, random.nextInt(100) == 0 ? 10_000 : random.nextInt(500)));
            }
        }
        List<Envelope.Band> bands = bands(readings, "PT1H");
        for (Envelope.Band band : bands) {
            List<BigDecimal> inside = readings.stream()
                    .filter(r -> !r.interval().start().isBefore(band.interval().start())
                            && r.interval().start().isBefore(band.interval().end()))
                    .map(Reading::value)
                    .toList();
            assertThat(band.max())
                    .isEqualTo(inside.stream().max(BigDecimal::compareTo).orElseThrow());
            assertThat(band.min())
                    .isEqualTo(inside.stream().min(BigDecimal::compareTo).orElseThrow());
            assertThat(band.missing()).isEqualTo(band.interval().duration().toSeconds() - 60L * inside.size());
        }
        assertThat(bands.stream().map(Envelope.Band::max).max(BigDecimal::compareTo))
                .isEqualTo(readings.stream().map(Reading::value).max(BigDecimal::compareTo));
    }

    @Test
    void aStepOfWhichNothingCountsIsLeftOut() {
        List<Reading> readings = List.of(
                minute(0, 5),
                new Reading(new Interval(START.plusSeconds(3600), START.plusSeconds(3660)), null, Quality.MISSING),
                new Reading(
                        new Interval(START.plusSeconds(7200), START.plusSeconds(7260)),
                        new BigDecimal("-3"),
                        Quality.INVALID),
                minute(180, 7));
        assertThat(bands(readings, "PT1H"))
                .extracting(b -> b.interval().start())
                .containsExactly(START, START.plusSeconds(10_800));
    }

    @Test
    void aReadingLongerThanAStepIsInEachThatItCovers() {
        List<Reading> readings =
                List.of(new Reading(new Interval(START, START.plusSeconds(5400)), BigDecimal.TEN, Quality.ESTIMATED));
        List<Envelope.Band> bands = bands(readings, "PT30M");
        assertThat(bands).hasSize(3).allSatisfy(b -> {
            assertThat(b.min()).isEqualTo(BigDecimal.TEN);
            assertThat(b.quality()).isEqualTo(Quality.ESTIMATED);
            assertThat(b.missing()).isZero();
        });
    }

    @Test
    void noMoreStepsThanAskedForAreChosen() {
        for (int most : new int[] {1, 10, 300, 2_000}) {
            for (long hours : new long[] {1, 24, 168}) {
                Every every = Envelope.step(Duration.ofHours(hours), most);
                if (every instanceof Every.Step step) {
                    assertThat(hours * 3600.0 / step.resolution().seconds()).isLessThanOrEqualTo(most);
                } else {
                    assertThat(hours * 3600.0 / 43_200).isGreaterThan(most);
                }
            }
        }
        assertThat(Envelope.step(Duration.ofDays(366), 800)).isEqualTo(Every.parse("PT12H"));
    }
}
