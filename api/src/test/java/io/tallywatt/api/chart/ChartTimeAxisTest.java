package io.tallywatt.api.chart;

import static io.tallywatt.api.chart.Sample.AUTUMN;
import static io.tallywatt.api.chart.Sample.LONDON;
import static io.tallywatt.api.chart.Sample.SPRING;
import static io.tallywatt.api.chart.Sample.day;
import static io.tallywatt.api.chart.Sample.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTimeAxisTest {
    private static TimeAxis axis(Interval range, ZoneId zone, double pixels) {
        return TimeAxis.of(range, zone, pixels, l -> 7.0 * l.length(), 14);
    }

    private static List<String> labels(TimeAxis axis) {
        return axis.ticks().stream().map(TimeAxis.Tick::label).toList();
    }

    @Test
    void aDayHasFullHoursAndEndsAt24() {
        TimeAxis axis = axis(day(LocalDate.of(2026, 10, 14)), LONDON, 500);

        assertThat(labels(axis))
                .containsExactly("00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "24:00");
        assertThat(axis.eras()).extracting(e -> e.labels().getFirst()).containsExactly("Wed 14 Oct 2026");
    }

    @Test
    void theSkippedHourHasNoTickAndTheDayIsShorter() {
        TimeAxis axis = axis(day(SPRING), LONDON, 1600);

        assertThat(labels(axis))
                .hasSize(13)
                .startsWith("00:00", "02:00", "04:00")
                .endsWith("24:00");
        assertThat(axis.share(axis.ticks().get(1).at())).isEqualTo(1 / 23.0);

        Instant midnight = new DeliveryDay(SPRING, LONDON).start();
        TimeAxis night = axis(new Interval(midnight, midnight.plusSeconds(4 * 3600)), LONDON, 500);
        assertThat(labels(night)).contains("00:30", "02:00").doesNotContain("01:00", "01:30");
    }

    @Test
    void theRepeatedHourHasTwoTicks() {
        TimeAxis axis = axis(day(AUTUMN), LONDON, 1600);

        // 25 hours in at most 16 ticks: every second hour, so none of them is 01:00.
        assertThat(labels(axis)).startsWith("00:00", "02:00");
        assertThat(axis.share(axis.ticks().get(1).at())).isEqualTo(3 / 25.0);

        Instant midnight = new DeliveryDay(AUTUMN, LONDON).start();
        TimeAxis night = axis(new Interval(midnight, midnight.plusSeconds(4 * 3600)), LONDON, 500);
        assertThat(labels(night).stream().filter("01:00"::equals)).hasSize(2);
        assertThat(night.clockChange().getInstant()).isEqualTo(Instant.parse("2026-10-25T01:00:00Z"));
    }

    @Test
    void datesStandWhereTheDayChanges() {
        LocalDate date = LocalDate.of(2026, 10, 14);
        TimeAxis axis = axis(days(date, date.plusDays(3)), LONDON, 700);

        assertThat(labels(axis)).contains("00:00", "12:00").endsWith("24:00");
        assertThat(axis.eras())
                .extracting(TimeAxis.Era::from)
                .containsExactly(
                        new DeliveryDay(date, LONDON).start(),
                        new DeliveryDay(date.plusDays(1), LONDON).start(),
                        new DeliveryDay(date.plusDays(2), LONDON).start());
    }

    @Test
    void aMonthHasItsMondaysAndAYearItsMonths() {
        assertThat(labels(axis(days(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 11, 1)), LONDON, 700)))
                .containsExactly("5", "12", "19", "26");
        assertThat(labels(axis(days(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1)), LONDON, 700)))
                .hasSize(12)
                .startsWith("Jan", "Feb");
        assertThat(labels(axis(days(LocalDate.of(2022, 1, 1), LocalDate.of(2027, 1, 1)), LONDON, 300)))
                .containsExactly("2022", "2023", "2024", "2025", "2026");
    }

    @Test
    void aDayThatBeginsAtOneHasNoTickAtMidnight() {
        ZoneId santiago = ZoneId.of("America/Santiago");
        LocalDate date = LocalDate.of(2026, 9, 6); // 00:00 is put forward to 01:00

        TimeAxis axis = axis(
                new Interval(new DeliveryDay(date, santiago).start(), new DeliveryDay(date, santiago).end()),
                santiago,
                1600);

        assertThat(labels(axis)).startsWith("02:00").endsWith("24:00");
    }

    @Test
    void aFewSecondsAndAThousandYearsHaveTicksToo() {
        Instant start = Instant.parse("2026-10-14T10:00:00Z");
        assertThat(labels(axis(new Interval(start, start.plusSeconds(60)), LONDON, 700)))
                .contains("11:00:30");
        assertThat(axis(new Interval(start, start.plusSeconds(86_400L * 365 * 200)), LONDON, 700)
                        .ticks())
                .isNotEmpty();
    }
}
