package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AveragingTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static Reading reading(String start, String end, @Nullable String value, Quality quality) {
        return new Reading(
                new Interval(Instant.parse(start), Instant.parse(end)),
                value == null ? null : new BigDecimal(value),
                quality);
    }

    private static Reading reading(String start, String end, String value) {
        return reading(start, end, value, Quality.ACTUAL);
    }

    private static List<Bucket> means(List<Reading> readings, String every, ZoneId zone, boolean holdsThroughout) {
        List<Bucket> means = new ArrayList<>();
        new Averaging(readings.iterator(), Every.parse(every), zone, holdsThroughout).forEachRemaining(means::add);
        return means;
    }

    private static List<String> shown(List<Bucket> means) {
        return means.stream()
                .map(b -> b.interval().start() + " " + (b.value() == null ? "-" : Scaled.text(b.value())) + " "
                        + b.quality() + (b.missing() == 0 ? "" : " missing " + b.missing()))
                .toList();
    }

    @Test
    void readingsWeighByTheTimeTheyCover() {
        List<Reading> readings = List.of(
                reading("2026-05-01T00:00:00Z", "2026-05-01T00:15:00Z", "-100"),
                reading("2026-05-01T00:15:00Z", "2026-05-01T01:00:00Z", "500"));
        assertThat(shown(means(readings, "PT1H", UTC, false))).containsExactly("2026-05-01T00:00:00Z 350 ACTUAL");
    }

    @Test
    void whatIsNotKnownWeighsNothingAndIsSaid() {
        List<Reading> readings = List.of(
                reading("2026-05-01T00:00:00Z", "2026-05-01T00:05:00Z", "100"),
                reading("2026-05-01T00:05:00Z", "2026-05-01T00:10:00Z", null, Quality.MISSING),
                reading("2026-05-01T00:10:00Z", "2026-05-01T00:15:00Z", "99999", Quality.INVALID),
                reading("2026-05-01T00:50:00Z", "2026-05-01T00:55:00Z", "0", Quality.ESTIMATED),
                reading("2026-05-01T01:30:00Z", "2026-05-01T01:35:00Z", null, Quality.MISSING));
        assertThat(shown(means(readings, "PT1H", UTC, false)))
                .containsExactly(
                        "2026-05-01T00:00:00Z 50 ESTIMATED missing 3000",
                        "2026-05-01T01:00:00Z - MISSING missing 3600");
    }

    @Test
    void meanOfAnIntervalThatCrossesStepsIsEstimatedInEachButAPriceHolds() {
        List<Reading> readings = List.of(reading("2026-05-01T00:30:00Z", "2026-05-01T02:00:00Z", "12.5"));
        assertThat(shown(means(readings, "PT1H", UTC, false)))
                .containsExactly(
                        "2026-05-01T00:00:00Z 12.5 ESTIMATED missing 1800", "2026-05-01T01:00:00Z 12.5 ESTIMATED");
        assertThat(shown(means(readings, "PT1H", UTC, true)))
                .containsExactly("2026-05-01T00:00:00Z 12.5 ACTUAL missing 1800", "2026-05-01T01:00:00Z 12.5 ACTUAL");
    }

    @Test
    void splittingMakesNothingBetterThanItWas() {
        List<Reading> readings =
                List.of(reading("2026-05-01T00:30:00Z", "2026-05-01T01:30:00Z", "1", Quality.SUBSTITUTED));
        assertThat(means(readings, "PT1H", UTC, false))
                .extracting(Bucket::quality)
                .containsExactly(Quality.SUBSTITUTED, Quality.SUBSTITUTED);
    }

    @Test
    void meansAreRoundedHalfToEvenAtNineDecimals() {
        // 1 and 0 over unlike times: 1/3; then halves of the ninth digit.
        assertThat(shown(means(
                        List.of(
                                reading("2026-05-01T00:00:00Z", "2026-05-01T00:20:00Z", "1"),
                                reading("2026-05-01T00:20:00Z", "2026-05-01T01:00:00Z", "0"),
                                reading("2026-05-01T01:00:00Z", "2026-05-01T01:30:00Z", "0.000000001"),
                                reading("2026-05-01T01:30:00Z", "2026-05-01T02:00:00Z", "0"),
                                reading("2026-05-01T02:00:00Z", "2026-05-01T02:30:00Z", "0.000000003"),
                                reading("2026-05-01T02:30:00Z", "2026-05-01T03:00:00Z", "0")),
                        "PT1H",
                        UTC,
                        false)))
                .containsExactly(
                        "2026-05-01T00:00:00Z 0.333333333 ACTUAL",
                        "2026-05-01T01:00:00Z 0 ACTUAL",
                        "2026-05-01T02:00:00Z 0.000000002 ACTUAL");
    }

    @Test
    void daysOfAClockChangeWeighTheirOwnHours() {
        List<Reading> readings = new ArrayList<>();
        Instant at = Instant.parse("2026-10-24T23:00:00Z");
        for (int i = 0; i < 25; i++) {
            readings.add(new Reading(new Interval(at, at.plusSeconds(3600)), new BigDecimal(i), Quality.ACTUAL));
            at = at.plusSeconds(3600);
        }
        assertThat(shown(means(readings, "P1D", LONDON, false))).containsExactly("2026-10-24T23:00:00Z 12 ACTUAL");
        assertThat(shown(means(readings.subList(0, 24), "P1D", LONDON, false)))
                .containsExactly("2026-10-24T23:00:00Z 11.5 ACTUAL missing 3600");
        assertThat(means(readings, "PT1H", LONDON, false)).hasSize(25);
    }

    /** Second by second, each with the value of the reading that it is in. */
    @Test
    void agreesWithAnOracleBySeconds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<Reading> readings = new ArrayList<>();
            TreeMap<Long, BigDecimal> bySecond = new TreeMap<>();
            Instant change = Instant.parse(random.nextBoolean() ? "2026-03-29T01:00:00Z" : "2026-10-25T01:00:00Z");
            long at = change.getEpochSecond() - random.nextInt(20_000);
            for (int i = 0; i < 12; i++) {
                long end = at + 1 + random.nextInt(5_000);
                Quality quality = Quality.ofCode(random.nextInt(5));
                @Nullable
                BigDecimal value = quality == Quality.MISSING
                        ? null
                        : BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(10));
                readings.add(new Reading(
                        new Interval(Instant.ofEpochSecond(at), Instant.ofEpochSecond(end)), value, quality));
                for (long s = at; s < end && quality.counts(); s++) {
                    bySecond.put(s, Objects.requireNonNull(value));
                }
                at = end + (random.nextBoolean() ? 0 : random.nextInt(3_000));
            }
            for (Bucket mean :
                    means(readings, List.of("PT5M", "PT30M", "PT1H", "P1D").get(round % 4), LONDON, true)) {
                var known = bySecond.subMap(
                                mean.interval().start().getEpochSecond(),
                                mean.interval().end().getEpochSecond())
                        .values();
                assertThat(mean.missing())
                        .as("seed " + seed)
                        .isEqualTo(mean.interval().duration().toSeconds() - known.size());
                if (known.isEmpty()) {
                    assertThat(mean.value()).as("seed " + seed).isNull();
                } else {
                    assertThat(mean.value())
                            .as("seed " + seed)
                            .isEqualTo(known.stream()
                                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                                    .divide(new BigDecimal(known.size()), 9, RoundingMode.HALF_EVEN));
                }
            }
        }
    }

    @Test
    void nothingMakesNoMeans() {
        Averaging empty = new Averaging(List.<Reading>of().iterator(), new Every.Day(), UTC, false);
        assertThat(empty.hasNext()).isFalse();
        assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
    }
}
