package io.tallywatt.api.chart;

import static io.tallywatt.api.chart.Sample.LONDON;
import static io.tallywatt.api.chart.Sample.actual;
import static io.tallywatt.api.chart.Sample.day;
import static io.tallywatt.api.chart.Sample.days;
import static io.tallywatt.api.chart.Sample.every;
import static io.tallywatt.api.chart.Sample.missing;
import static io.tallywatt.api.chart.Sample.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartSampledTest {
    private static final LocalDate DATE = LocalDate.of(2026, 10, 14);
    private static final Interval YEAR = days(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1));

    @Test
    void peaksSurvive() {
        List<Point> points = points(YEAR, every(30), i -> {
            String instant = i.start().toString();
            return actual(
                    i,
                    instant.equals("2026-05-05T13:30:00Z")
                            ? "999.125"
                            : instant.equals("2026-08-01T00:00:00Z") ? "-7" : "1");
        });

        Sampled sampled = Sampled.of(points, YEAR, LONDON, 1460);

        assertThat(points).hasSize(17_520);
        assertThat(sampled.step()).isEqualTo("6 h");
        // One more than 365 * 4: the day of 25 hours has a fifth step.
        assertThat(sampled.columns()).hasSize(1461);
        assertThat(sampled.columns().stream().filter(c -> c.max().compareTo(new BigDecimal("999.125")) == 0))
                .hasSize(1);
        assertThat(sampled.columns().stream().filter(c -> c.min().compareTo(new BigDecimal("-7")) == 0))
                .hasSize(1);
    }

    @Test
    void stepsStartAtLocalMidnightOnClockChangeDaysToo() {
        Sampled sampled = Sampled.of(points(YEAR, every(30), i -> actual(i, "1")), YEAR, LONDON, 1460);

        assertThat(sampled.columns())
                .extracting(c -> c.interval().start())
                .contains(
                        new DeliveryDay(Sample.SPRING.plusDays(1), LONDON).start(),
                        new DeliveryDay(Sample.AUTUMN.plusDays(1), LONDON).start());
    }

    @Test
    void fewPointsStayAsTheyAre() {
        Sampled sampled = Sampled.of(points(day(DATE), every(30), i -> actual(i, "1")), day(DATE), LONDON, 300);

        assertThat(sampled.step()).isNull();
        assertThat(sampled.columns()).hasSize(48);
    }

    @Test
    void fiveYearsOfHalfHoursFitToo() {
        Interval years = days(LocalDate.of(2022, 1, 1), LocalDate.of(2027, 1, 1));

        Sampled sampled = Sampled.of(points(years, every(30), i -> actual(i, "1")), years, LONDON, 700);

        assertThat(sampled.step()).isEqualTo("7 days");
        assertThat(sampled.columns()).hasSize(261);
    }

    @Test
    void aColumnWithoutAnyValueDoesNotExist() {
        Interval spring = days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 6, 1));
        List<Point> points = points(
                YEAR,
                every(30),
                i -> i.start().isBefore(spring.start()) || !i.start().isBefore(spring.end())
                        ? actual(i, "1")
                        : missing(i));

        Sampled sampled = Sampled.of(points, YEAR, LONDON, 700);

        assertThat(sampled.columns()).noneMatch(c -> Sampled.clip(c.interval(), spring) != null);
        assertThat(Sampled.gaps(points, YEAR)).containsExactly(spring);
    }

    @Test
    void timeWithoutPointsIsAGapJustAsMissingOnes() {
        Instant start = day(DATE).start();
        Interval first = new Interval(start.plusSeconds(3600), start.plusSeconds(7200));
        Interval second = new Interval(start.plusSeconds(7200), start.plusSeconds(10_800));
        Interval fourth = new Interval(start.plusSeconds(14_400), start.plusSeconds(18_000));

        List<Interval> gaps =
                Sampled.gaps(List.of(actual(first, "1"), missing(second), actual(fourth, "2")), day(DATE));

        assertThat(gaps)
                .containsExactly(
                        new Interval(start, first.start()),
                        new Interval(second.start(), fourth.start()),
                        new Interval(fourth.end(), day(DATE).end()));
    }

    @Test
    void anInvalidValueIsNeitherAColumnNorAGap() {
        List<Point> points = List.of(new Point(day(DATE), BigDecimal.TEN, Quality.INVALID));

        assertThat(Sampled.of(points, day(DATE), LONDON, 300).columns()).isEmpty();
        assertThat(Sampled.gaps(points, day(DATE))).isEmpty();
    }

    @Test
    void aBucketThatStartsBeforeTheRangeIsCutToIt() {
        Interval week = days(DATE, DATE.plusDays(7));

        Sampled sampled = Sampled.of(List.of(actual(week, "3")), day(DATE.plusDays(2)), LONDON, 300);

        assertThat(sampled.columns()).extracting(Sampled.Column::interval).containsExactly(day(DATE.plusDays(2)));
    }
}
