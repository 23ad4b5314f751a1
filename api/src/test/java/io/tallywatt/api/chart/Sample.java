package io.tallywatt.api.chart;

import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.DeliveryDay;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Charts to test with and to look at. */
final class Sample {
    static final ZoneId LONDON = ZoneId.of("Europe/London");
    static final LocalDate SPRING = LocalDate.of(2026, 3, 29);
    static final LocalDate AUTUMN = LocalDate.of(2026, 10, 25);

    private Sample() {}

    static Interval days(LocalDate from, LocalDate to) {
        return new Interval(new DeliveryDay(from, LONDON).start(), new DeliveryDay(to, LONDON).start());
    }

    static Interval day(LocalDate date) {
        return days(date, date.plusDays(1));
    }

    static Every every(int minutes) {
        return new Every.Step(new Resolution(minutes * 60));
    }

    static Chart chart(String title, String unit, Interval range, Chart.Kind kind, Ink ink, List<Point> points) {
        return new Chart(title, "", "simulated", unit, LONDON, range, kind, ink, points);
    }

    static Chart bars(Interval range, List<Point> points) {
        return chart("Consumption", "kWh", range, Chart.Kind.BAR, Ink.of(Ink.Hue.CONSUMPTION), points);
    }

    static Chart line(Interval range, List<Point> points) {
        return chart("Power", "W", range, Chart.Kind.LINE, Ink.of(Ink.Hue.CONSUMPTION), points);
    }

    /** One point per step, in the steps of the local day. */
    static List<Point> points(Interval range, Every every, Function<Interval, Point> maker) {
        List<Point> points = new ArrayList<>();
        Instant at = range.start();
        while (at.isBefore(range.end())) {
            Interval step = every.around(at, LONDON);
            points.add(maker.apply(step));
            at = step.end();
        }
        return points;
    }

    static Point actual(Interval interval, String value) {
        return new Point(interval, new BigDecimal(value), Quality.ACTUAL);
    }

    static Point missing(Interval interval) {
        return new Point(interval, null, Quality.MISSING);
    }

    /** A household's shape of the day with some noise, always the same. */
    static Function<Interval, Point> household(double scale, int decimals) {
        Random random = new Random(7);
        return interval -> {
            double hour = interval.start().atZone(LONDON).getHour()
                    + interval.start().atZone(LONDON).getMinute() / 60.0;
            double season = 1 + 0.5 * Math.cos(interval.start().atZone(LONDON).getDayOfYear() / 365.0 * 2 * Math.PI);
            double value = season
                    * (0.12
                            + 0.35 * Math.exp(-Math.pow((hour - 7.5) / 1.3, 2))
                            + 0.6 * Math.exp(-Math.pow((hour - 18.5) / 2.2, 2)))
                    * (0.7 + 0.6 * random.nextDouble());
            return new Point(
                    interval,
                    BigDecimal.valueOf(Math.round(value * scale * Math.pow(10, decimals)), decimals),
                    Quality.ACTUAL);
        };
    }

    static Map<String, Chart> gallery() {
        Map<String, Chart> all = new LinkedHashMap<>();
        LocalDate date = LocalDate.of(2026, 10, 14);
        all.put("day", bars(day(date), points(day(date), every(30), household(1, 3))));
        for (LocalDate change : List.of(SPRING, AUTUMN)) {
            all.put(
                    change.equals(SPRING) ? "spring" : "autumn",
                    bars(day(change), points(day(change), every(60), household(2, 3))));
        }
        Interval month = days(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 11, 1));
        Function<Interval, Point> daily = household(20, 2);
        all.put(
                "month",
                new Chart(
                        "Consumption, meter EE00011",
                        "per day",
                        "simulated",
                        "kWh",
                        LONDON,
                        month,
                        Chart.Kind.BAR,
                        Ink.of(Ink.Hue.CONSUMPTION),
                        points(month, new Every.Day(), i -> {
                            int day = i.start().atZone(LONDON).getDayOfMonth();
                            Point p = daily.apply(i);
                            return switch (day) {
                                case 9, 10, 11, 12, 13 -> missing(i);
                                case 17, 18, 19 -> new Point(i, p.value(), Quality.ESTIMATED);
                                case 22 -> new Point(i, new BigDecimal("900"), Quality.INVALID);
                                case 24 -> new Point(i, p.value(), Quality.SUBSTITUTED);
                                case 28 -> new Point(i, p.value(), Quality.ACTUAL, true);
                                default -> p;
                            };
                        })));
        Interval year = days(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1));
        Function<Interval, Point> half = household(2000, 0);
        all.put("year", line(year, points(year, every(30), i -> {
            int day = i.start().atZone(LONDON).getDayOfYear();
            return day >= 150 && day < 171 || day == 220 ? missing(i) : half.apply(i);
        })));
        all.put("year-bars", bars(year, points(year, every(30), household(1, 3))));
        all.put("empty", bars(day(date), List.of()));
        Random random = new Random(3);
        all.put(
                "net",
                chart(
                        "Net flow FR to GB",
                        "MW",
                        days(date, date.plusDays(2)),
                        Chart.Kind.BAR,
                        Ink.directions("into GB", "out of GB"),
                        points(days(date, date.plusDays(2)), every(60), i -> {
                            double t = i.start().getEpochSecond() / 3600.0;
                            return actual(
                                    i,
                                    Long.toString(
                                            Math.round(1200 * Math.sin(t / 5) + 500 + 300 * random.nextDouble())));
                        })));
        all.put(
                "flow-line",
                chart(
                        "Flow FR to GB",
                        "MW",
                        days(date, date.plusDays(2)),
                        Chart.Kind.LINE,
                        Ink.directions("into GB", "out of GB"),
                        points(days(date, date.plusDays(2)), every(30), i -> {
                            double t = i.start().getEpochSecond() / 3600.0;
                            BigDecimal value = BigDecimal.valueOf(Math.round(1200 * Math.sin(t / 5) + 500));
                            int step = (int) ((i.start().getEpochSecond()
                                            - day(date).start().getEpochSecond())
                                    / 1800);
                            if (step >= 20 && step < 26) {
                                return missing(i);
                            }
                            if (step == 50) {
                                return new Point(i, new BigDecimal("-99999"), Quality.INVALID);
                            }
                            return new Point(i, value, step >= 60 && step < 70 ? Quality.ESTIMATED : Quality.ACTUAL);
                        })));
        Function<Interval, Point> tide = i -> {
            double t = i.start().getEpochSecond() / 3600.0;
            BigDecimal value = BigDecimal.valueOf(Math.round(900 * Math.sin(t / 400) + 500 * Math.sin(t / 4)));
            int day = i.start().atZone(LONDON).getDayOfYear();
            return new Point(i, value, day > 100 && day < 130 ? Quality.ESTIMATED : Quality.ACTUAL, day == 200);
        };
        for (Chart.Kind kind : Chart.Kind.values()) {
            all.put(
                    "tide-" + kind.name().toLowerCase(Locale.ROOT),
                    new Chart(
                            "Flow, border FR-GB",
                            "as of 3 Jan 2027 06:00",
                            "recorded 2026",
                            "MW",
                            LONDON,
                            year,
                            kind,
                            Ink.directions("FR to GB", "GB to FR"),
                            points(year, every(60), tide)));
        }
        Interval years = days(LocalDate.of(2022, 1, 1), LocalDate.of(2027, 1, 1));
        all.put("five-years", bars(years, points(years, every(30), household(1, 3))));
        Interval quarter = days(LocalDate.of(2026, 7, 1), LocalDate.of(2026, 10, 1));
        all.put("quarter-hours", bars(quarter, points(quarter, new Every.Day(), household(9e8, 0))));
        Interval week = days(LocalDate.of(2026, 10, 19), LocalDate.of(2026, 10, 26));
        all.put(
                "week-price",
                chart(
                        "Day-ahead price, zone GB",
                        "EUR/MWh",
                        week,
                        Chart.Kind.LINE,
                        Ink.of(Ink.Hue.PRICE),
                        points(week, every(60), i -> {
                            double t = i.start().getEpochSecond() / 3600.0;
                            return actual(
                                    i,
                                    BigDecimal.valueOf(Math.round(9000 + 4000 * Math.sin(t / 4)), 2)
                                            .toPlainString());
                        })));
        Interval months = days(LocalDate.of(2025, 1, 1), LocalDate.of(2027, 1, 1));
        all.put(
                "months",
                chart(
                        "Generation, site site1",
                        "kWh",
                        months,
                        Chart.Kind.BAR,
                        Ink.of(Ink.Hue.GENERATION),
                        points(months, new Every.Month(), household(3000, 1))));
        return all;
    }
}
