package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Energy in steps of every length says the same, to the last digit, also where the clock changes. */
class StepsOfStepsTest {
    private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

    /** Readings of odd lengths that fill a local month, some of them missing, impossible or negative. */
    private static List<Reading> month(LocalDate first, Random random) {
        Instant at = first.atStartOfDay(STOCKHOLM).toInstant();
        Instant end = first.plusMonths(1).atStartOfDay(STOCKHOLM).toInstant();
        List<Reading> readings = new ArrayList<>();
        while (at.isBefore(end)) {
            Instant until = at.plusSeconds(1 + random.nextInt(random.nextInt(10) == 0 ? 40_000 : 2_000));
            until = until.isAfter(end) ? end : until;
            Interval interval = new Interval(at, until);
            BigDecimal value = BigDecimal.valueOf(random.nextLong(-1_000_000, 1_000_000_000), random.nextInt(10));
            readings.add(
                    switch (random.nextInt(20)) {
                        case 0 -> new Reading(interval, null, Quality.MISSING);
                        case 1 -> new Reading(interval, value, Quality.INVALID);
                        default -> new Reading(interval, value, Quality.ACTUAL);
                    });
            // Now and then there is nothing at all for a while.
            at = until.plusSeconds(random.nextInt(30) == 0 ? random.nextInt(20_000) : 0);
        }
        return readings;
    }

    private static List<Bucket> steps(List<Reading> readings, String every) {
        List<Bucket> steps = new ArrayList<>();
        new Bucketing(readings.iterator(), Every.parse(every), STOCKHOLM).forEachRemaining(steps::add);
        return steps;
    }

    private static BigDecimal sum(List<Bucket> steps) {
        return steps.stream().map(Bucket::value).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @ParameterizedTest
    @CsvSource({"2024-03-01, 743", "2024-10-01, 745", "2024-06-01, 720"})
    void minutesHoursAndDaysSumToTheMonthAndToEachOther(LocalDate first, long hours) {
        for (int seed = 0; seed < 10; seed++) {
            List<Reading> readings = month(first, new Random(seed));
            BigDecimal all = readings.stream()
                    .filter(r -> r.quality().counts())
                    .map(r -> Objects.requireNonNull(r.value()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            List<Bucket> month = steps(readings, "P1M");

            assertThat(month).hasSize(1);
            assertThat(month.getFirst().interval().duration().toHours()).isEqualTo(hours);
            List<String> lengths = List.of("PT5M", "PT15M", "PT1H", "P1D", "P1M");
            for (int i = 0; i < lengths.size(); i++) {
                List<Bucket> steps = steps(readings, lengths.get(i));
                assertThat(sum(steps)).as(lengths.get(i)).isEqualByComparingTo(all);
                for (String shorter : lengths.subList(0, i)) {
                    eachIsTheSumOf(steps(readings, shorter), steps);
                }
            }
        }
    }

    /** Every long step is the sum of the short ones in it, and misses what they miss. */
    private static void eachIsTheSumOf(List<Bucket> parts, List<Bucket> wholes) {
        int next = 0;
        for (Bucket whole : wholes) {
            List<Bucket> inside = new ArrayList<>();
            long known = 0;
            while (next < parts.size()
                    && parts.get(next)
                            .interval()
                            .start()
                            .isBefore(whole.interval().end())) {
                Bucket part = parts.get(next++);
                inside.add(part);
                known += part.interval().duration().toSeconds() - part.missing();
            }
            BigDecimal value = whole.value();
            assertThat(sum(inside)).as(whole.toString()).isEqualByComparingTo(value == null ? BigDecimal.ZERO : value);
            assertThat(whole.interval().duration().toSeconds() - whole.missing())
                    .as(whole.toString())
                    .isEqualTo(known);
        }
        assertThat(next).isEqualTo(parts.size());
    }

    @Test
    void theSkippedHourHasNoStepAndTheRepeatedOneHasTwo() {
        assertThat(hours("2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"))
                .hasSize(23)
                .noneMatch(start -> start.startsWith("2024-03-31T02"));
        assertThat(hours("2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"))
                .hasSize(25)
                .containsOnlyOnce("2024-10-27T02:00+02:00", "2024-10-27T02:00+01:00", "2024-10-27T03:00+01:00");
    }

    /** The starts of hours, of readings of seven minutes that do not fit them. */
    private static List<String> hours(String from, String to) {
        List<Reading> readings = new ArrayList<>();
        Instant end = Instant.parse(to);
        for (Instant at = Instant.parse(from); at.isBefore(end); at = at.plusSeconds(420)) {
            Instant until = at.plusSeconds(420);
            readings.add(
                    new Reading(new Interval(at, until.isAfter(end) ? end : until), BigDecimal.ONE, Quality.ACTUAL));
        }
        return steps(readings, "PT1H").stream()
                .map(step -> step.interval()
                        .start()
                        .atZone(STOCKHOLM)
                        .toOffsetDateTime()
                        .toString())
                .toList();
    }
}
