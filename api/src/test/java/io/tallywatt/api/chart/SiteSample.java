package io.tallywatt.api.chart;

import static io.tallywatt.api.chart.Sample.LONDON;
import static io.tallywatt.api.chart.Sample.day;
import static io.tallywatt.api.chart.Sample.days;

import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.RuleName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sites and their anomalies to test with and to look at. */
final class SiteSample {
    static final LocalDate DATE = LocalDate.of(2026, 10, 14);

    private SiteSample() {}

    /** Sun by day. */
    static BigDecimal made(Instant at, Random random) {
        double t = at.getEpochSecond() % 86_400 / 3600.0;
        return decimal(19 * Math.exp(-Math.pow(t - 12.7, 2) / 15) * (0.94 + 0.09 * random.nextDouble()));
    }

    /** Most in the evening. */
    static BigDecimal used(Instant at, Random random) {
        double t = at.getEpochSecond() % 86_400 / 3600.0;
        return decimal(2.6
                + 3.1 * Math.exp(-Math.pow(t - 8.2, 2) / 5)
                + 4.4 * Math.exp(-Math.pow(t - 17.6, 2) / 7)
                + 0.45 * random.nextDouble());
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN);
    }

    private static Interval step(Interval range, int i, int seconds) {
        return new Interval(
                range.start().plusSeconds((long) i * seconds), range.start().plusSeconds((i + 1L) * seconds));
    }

    static Balance.Flag flag(
            Balance.Shape shape, Interval interval, String rule, String value, String expected, String words) {
        return new Balance.Flag(
                shape,
                interval,
                rule,
                new BigDecimal(value),
                expected == null ? null : new BigDecimal(expected),
                words);
    }

    /** A day until 18:25 with a gap, a spike, a negative value and a stuck run. */
    static Balance today() {
        Interval range = day(DATE);
        Random random = new Random(21);
        List<Point> made = new ArrayList<>();
        List<Point> used = new ArrayList<>();
        for (int i = 0; i < 221; i++) {
            Interval step = step(range, i, 300);
            boolean spike = i == 180;
            if (i < 151 || i >= 158) {
                made.add(new Point(
                        step,
                        spike ? new BigDecimal("26.4") : made(step.start(), random),
                        spike ? Quality.INVALID : Quality.ACTUAL));
            }
            BigDecimal value = i >= 96 && i < 110
                    ? new BigDecimal("5.31")
                    : i == 42 ? new BigDecimal("-1.8") : used(step.start(), random);
            if (i < 200 || i > 204) {
                used.add(new Point(step, value, i == 42 ? Quality.INVALID : Quality.ACTUAL));
            }
        }
        return new Balance(
                "Generation and consumption of site site7",
                "per 5 min",
                "simulated",
                LONDON,
                range,
                made,
                used,
                List.of(
                        flag(
                                Balance.Shape.OUTLINED,
                                step(range, 180, 300),
                                "Spike",
                                "26.4",
                                "14",
                                "26.4, usual 12 to 14"),
                        flag(Balance.Shape.FILLED, step(range, 42, 300), "Negative", "-1.8", "0", "−1.8, at least 0"),
                        flag(
                                Balance.Shape.RUN,
                                new Interval(
                                        step(range, 96, 300).start(),
                                        step(range, 109, 300).end()),
                                "Stuck",
                                "5.31",
                                null,
                                "at 5.31"),
                        flag(
                                Balance.Shape.OUTLINED,
                                step(range, 130, 300),
                                "Conflict",
                                used.get(130).value().toPlainString(),
                                null,
                                "3.1")));
    }

    /** Weeks in which a fifth of all values is wrong. */
    static Balance wild(int dayCount, int seconds) {
        Interval range = days(DATE, DATE.plusDays(dayCount));
        Random random = new Random(5);
        List<Point> made = new ArrayList<>();
        List<Point> used = new ArrayList<>();
        List<Balance.Flag> flags = new ArrayList<>();
        for (int i = 0; range.start().plusSeconds((i + 1L) * seconds).compareTo(range.end()) <= 0; i++) {
            Interval step = step(range, i, seconds);
            for (boolean generation : new boolean[] {true, false}) {
                BigDecimal usual = generation ? made(step.start(), random) : used(step.start(), random);
                int dice = random.nextInt(25);
                if (dice == 0) {
                    continue;
                }
                BigDecimal value = dice == 1
                        ? usual.negate()
                        : dice == 2 ? usual.multiply(BigDecimal.TEN) : dice == 3 ? usual.add(BigDecimal.ONE) : usual;
                (generation ? made : used)
                        .add(new Point(step, value, dice == 1 || dice == 2 ? Quality.INVALID : Quality.ACTUAL));
                if (dice >= 1 && dice <= 3) {
                    flags.add(new Balance.Flag(
                            dice == 1 ? Balance.Shape.FILLED : Balance.Shape.OUTLINED,
                            step,
                            dice == 1 ? "Negative" : dice == 2 ? "Spike" : "Conflict",
                            value,
                            dice == 3 ? null : usual,
                            Words.rounded(value) + ", usual " + Words.rounded(usual)));
                }
            }
        }
        return new Balance(
                "Generation and consumption of site a site with a long name",
                "",
                null,
                LONDON,
                range,
                made,
                used,
                flags);
    }

    static Spread spread(int sites, int most) {
        Random random = new Random(11);
        List<Spread.Row> rows = new ArrayList<>();
        for (int s = 0; s < sites; s++) {
            Map<RuleName, Long> counts = new EnumMap<>(RuleName.class);
            for (RuleName rule : RuleName.values()) {
                if (random.nextInt(3) == 0) {
                    counts.put(rule, 1L + (long) (Math.pow(random.nextDouble(), 3) * most));
                }
            }
            if (!counts.isEmpty()) {
                rows.add(new Spread.Row("site" + (s + 1), counts));
            }
        }
        return new Spread("Anomalies by site and rule", List.of("14 Oct 2026", "Europe/London"), "simulated", rows);
    }

    static Trend trend(int length, int most) {
        Random random = new Random(2);
        List<DayCount> days = new ArrayList<>();
        for (int d = 0; d < length; d++) {
            if (d % 9 != 5) {
                for (RuleName rule : RuleName.values()) {
                    long count = (long) (random.nextDouble() * most / (1 + rule.ordinal()));
                    if (count > 0) {
                        days.add(new DayCount(DATE.plusDays(d), rule, count, count / 2));
                    }
                }
            }
        }
        return new Trend(
                "Anomalies over time", List.of("open only"), "simulated", LONDON, DATE, DATE.plusDays(length), days);
    }

    static Map<String, Graphic> gallery() {
        Map<String, Graphic> all = new LinkedHashMap<>();
        all.put("balance-today", today());
        all.put("balance-wild-day", wild(1, 300));
        all.put("balance-wild-month", wild(30, 300));
        Balance today = today();
        all.put(
                "balance-empty",
                new Balance(today.title(), "", null, LONDON, today.range(), List.of(), List.of(), List.of()));
        all.put(
                "balance-half",
                new Balance(today.title(), "", null, LONDON, today.range(), today.generation(), List.of(), List.of()));
        all.put("spread", spread(9, 3));
        all.put("spread-many", spread(60, 900));
        all.put("spread-huge", spread(3, 40_000_000));
        all.put("spread-none", spread(0, 1));
        all.put("trend-month", trend(30, 12));
        all.put("trend-year", trend(365, 400));
        all.put("trend-years", trend(365 * 8, 3));
        all.put(
                "trend-none",
                new Trend("Anomalies over time", List.of(), null, null, DATE, DATE.plusDays(7), List.of()));
        all.put(
                "trend-one",
                new Trend(
                        "Anomalies of site/site1 over time",
                        List.of(),
                        null,
                        LONDON,
                        DATE,
                        DATE.plusDays(1),
                        List.of(new DayCount(DATE, RuleName.SPIKE, 1, 1))));
        return all;
    }
}
