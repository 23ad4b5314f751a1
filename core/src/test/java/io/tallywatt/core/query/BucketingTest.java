package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketingTest {
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

    private static List<Bucket> buckets(List<Reading> readings, String every, ZoneId zone) {
        List<Bucket> buckets = new ArrayList<>();
        new Bucketing(readings.iterator(), Every.parse(every), zone).forEachRemaining(buckets::add);
        return buckets;
    }

    private static List<String> shown(List<Bucket> buckets) {
        return buckets.stream()
                .map(b -> b.interval().start() + " " + (b.value() == null ? "-" : Scaled.text(b.value())) + " "
                        + b.quality() + (b.missing() == 0 ? "" : " missing " + b.missing()))
                .toList();
    }

    @Test
    void readingsAreSummedByStep() {
        List<Reading> readings = List.of(
                reading("2024-05-01T00:00:00Z", "2024-05-01T00:30:00Z", "1"),
                reading("2024-05-01T00:30:00Z", "2024-05-01T01:00:00Z", "2.5", Quality.SUBSTITUTED),
                reading("2024-05-01T01:00:00Z", "2024-05-01T01:30:00Z", null, Quality.MISSING),
                reading("2024-05-01T01:30:00Z", "2024-05-01T02:00:00Z", "-9", Quality.INVALID),
                reading("2024-05-01T02:00:00Z", "2024-05-01T02:30:00Z", "4", Quality.ESTIMATED));
        assertThat(shown(buckets(readings, "PT1H", UTC)))
                .containsExactly(
                        "2024-05-01T00:00:00Z 3.5 SUBSTITUTED",
                        "2024-05-01T01:00:00Z - MISSING missing 3600",
                        "2024-05-01T02:00:00Z 4 ESTIMATED missing 1800");
    }

    @Test
    void readingThatCrossesStepsIsSplitByTimeAndEstimated() {
        List<Reading> readings = List.of(reading("2024-05-01T00:45:00Z", "2024-05-01T02:15:00Z", "1"));
        List<Bucket> buckets = buckets(readings, "PT1H", UTC);
        assertThat(shown(buckets))
                .containsExactly(
                        "2024-05-01T00:00:00Z 0.166666666 ESTIMATED missing 2700",
                        "2024-05-01T01:00:00Z 0.666666667 ESTIMATED",
                        "2024-05-01T02:00:00Z 0.166666667 ESTIMATED missing 2700");
    }

    @Test
    void partsSumExactlyToTheReading() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<Reading> readings = new ArrayList<>();
            BigDecimal sum = BigDecimal.ZERO;
            long at = 1_700_000_000L + random.nextInt(100_000);
            for (int i = 0; i < 20; i++) {
                long end = at + 1 + random.nextInt(200_000);
                BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000_000_000), random.nextInt(10));
                readings.add(new Reading(
                        new Interval(Instant.ofEpochSecond(at), Instant.ofEpochSecond(end)), value, Quality.ACTUAL));
                sum = sum.add(value);
                at = end + (random.nextBoolean() ? 0 : random.nextInt(10_000));
            }
            String every = List.of("PT5M", "PT1H", "P1D", "P1M").get(round % 4);
            List<Bucket> buckets = buckets(readings, every, LONDON);
            BigDecimal parts = buckets.stream()
                    .map(b -> Objects.requireNonNull(b.value()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(parts).isEqualByComparingTo(sum);
            assertThat(buckets).extracting(b -> b.interval().start()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void localDaysOfAClockChangeHaveTheirLength() {
        List<Reading> readings = new ArrayList<>();
        Instant at = Instant.parse("2024-10-26T23:00:00Z");
        for (int i = 0; i < 50; i++) {
            readings.add(new Reading(new Interval(at, at.plusSeconds(1800)), BigDecimal.ONE, Quality.ACTUAL));
            at = at.plusSeconds(1800);
        }
        assertThat(shown(buckets(readings, "P1D", LONDON))).containsExactly("2024-10-26T23:00:00Z 50 ACTUAL");
        List<Bucket> hours = buckets(readings, "PT1H", LONDON);
        assertThat(hours)
                .hasSize(25)
                .allMatch(b -> Objects.requireNonNull(b.value()).intValueExact() == 2);
        assertThat(buckets(readings, "P1D", UTC)).hasSize(2);
    }

    @Test
    void midnightThatIsShownTwiceBelongsToTheNewDay() {
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        List<Reading> readings = List.of(
                reading("2009-11-01T02:00:00Z", "2009-11-01T02:30:00Z", "1"),
                reading("2009-11-01T02:30:00Z", "2009-11-01T03:00:00Z", "2"),
                reading("2009-11-01T03:00:00Z", "2009-11-01T03:30:00Z", "4"));
        assertThat(shown(buckets(readings, "P1M", stJohns)))
                .containsExactly(
                        "2009-10-01T02:30:00Z 1 ACTUAL missing 2676600",
                        "2009-11-01T02:30:00Z 6 ACTUAL missing 2592000");
    }

    @Test
    void monthsAreLocalMonths() {
        List<Reading> readings = List.of(
                reading("2024-03-31T22:00:00Z", "2024-03-31T23:00:00Z", "1"),
                reading("2024-03-31T23:00:00Z", "2024-04-01T00:00:00Z", "2"),
                reading("2024-04-30T22:30:00Z", "2024-04-30T23:30:00Z", "4"));
        assertThat(buckets(readings, "P1M", LONDON))
                .extracting(
                        b -> b.interval().start().toString(),
                        b -> Objects.requireNonNull(b.value()).intValueExact())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2024-03-01T00:00:00Z", 1),
                        org.assertj.core.groups.Tuple.tuple("2024-03-31T23:00:00Z", 4),
                        org.assertj.core.groups.Tuple.tuple("2024-04-30T23:00:00Z", 2));
    }

    @Test
    void nothingMakesNoBuckets() {
        Bucketing empty = new Bucketing(List.<Reading>of().iterator(), new Every.Day(), UTC);
        assertThat(empty.hasNext()).isFalse();
        assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
    }
}
