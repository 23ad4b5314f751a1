package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A made-up site with a roof of solar cells and an office's consumption, five-minute values of three decimals, some of them
 * spoilt on purpose and labelled. One delivery per interval and series.
 *
 * <p>The sun: its height over latitude 50 by date and time, a clearness per day that lasts (autoregressive), clouds that pass in
 * minutes on broken days, an inverter's limit. The office: a weekday's and a weekend's shape, a level per day, noise, and kettles.
 */
final class SyntheticSite {
    static final Duration STEP = Duration.ofMinutes(5);
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final double LATITUDE = Math.toRadians(50);
    private static final double PEAK_KWH = 25;
    private static final double LIMIT_KWH = 22;

    private final Random random;
    private final double spoilt;
    private final Instant spoiltFrom;
    private final List<Label> labels = new ArrayList<>();
    private long delivery;

    /**
     * @param spoilt which part of the values
     * @param spoiltFrom nothing is spoilt before
     */
    SyntheticSite(long seed, double spoilt, Instant spoiltFrom) {
        this.random = new Random(seed);
        this.spoilt = spoilt;
        this.spoiltFrom = spoiltFrom;
    }

    List<Label> labels() {
        return labels;
    }

    List<Arrived> generation(LocalDate from, int days) {
        double[] clear = new double[days];
        double[] broken = new double[days];
        double level = 0.6;
        for (int d = 0; d < days; d++) {
            level = Math.clamp(0.6 * level + 0.4 * 0.6 + 0.28 * random.nextGaussian(), 0.08, 1);
            clear[d] = level;
            broken[d] = level > 0.25 && level < 0.9 ? random.nextDouble() : 0.05;
        }
        double[] cloud = {1};
        return feed(new Series("site", "s1", "generation", null), from, days, (at, day) -> {
            cloud[0] = Math.clamp(0.8 * cloud[0] + 0.2 + 0.45 * broken[day] * random.nextGaussian(), 0.15, 1.15);
            return Math.min(LIMIT_KWH, PEAK_KWH * sun(at) * clear[day] * cloud[0]);
        });
    }

    /** Sine of the sun's height, 0 at night. */
    private static double sun(ZonedDateTime at) {
        double declination = Math.toRadians(-23.44 * Math.cos(2 * Math.PI * (at.getDayOfYear() + 10) / 365.0));
        double hour = Math.floorMod(at.toEpochSecond(), 86_400L) / 3600.0;
        double angle = Math.toRadians(15 * (hour - 11.3));
        return Math.max(
                0,
                Math.sin(LATITUDE) * Math.sin(declination)
                        + Math.cos(LATITUDE) * Math.cos(declination) * Math.cos(angle));
    }

    List<Arrived> consumption(LocalDate from, int days) {
        double[] level = new double[days];
        double l = 1;
        for (int d = 0; d < days; d++) {
            l = 0.7 * l + 0.3 + 0.06 * random.nextGaussian();
            level[d] = l;
        }
        double[] noise = {0};
        int[] kettle = {0};
        return feed(new Series("site", "s1", "consumption", null), from, days, (at, day) -> {
            noise[0] = 0.7 * noise[0] + 0.05 * random.nextGaussian();
            kettle[0] = kettle[0] > 0 ? kettle[0] - 1 : random.nextInt(150) == 0 ? 1 + random.nextInt(4) : 0;
            return level[day] * shape(at) * (1 + noise[0]) + (kettle[0] > 0 ? 0.4 : 0);
        });
    }

    private static double shape(ZonedDateTime at) {
        LocalTime time = at.toLocalTime();
        double hour = time.toSecondOfDay() / 3600.0;
        double base = 1.1;
        double work = 1 / (1 + Math.exp(-3 * (hour - 7))) * (1 / (1 + Math.exp(2 * (hour - 18))));
        return switch (at.getDayOfWeek()) {
            case SATURDAY -> base + 1.2 * work;
            case SUNDAY -> base;
            default -> base + 4.5 * work - (hour > 12 && hour < 13 ? 0.8 : 0);
        };
    }

    private interface Source {
        double kwh(ZonedDateTime at, int day);
    }

    private List<Arrived> feed(Series series, LocalDate from, int days, Source source) {
        List<Arrived> all = new ArrayList<>();
        Instant end = from.plusDays(days).atStartOfDay(ZONE).toInstant();
        BigDecimal stuckAt = BigDecimal.ZERO;
        int stuck = 0;
        Instant stuckFrom = end;
        for (Instant at = from.atStartOfDay(ZONE).toInstant(); at.isBefore(end); at = at.plus(STEP)) {
            ZonedDateTime local = at.atZone(ZONE);
            int day = (int) (local.toLocalDate().toEpochDay() - from.toEpochDay());
            BigDecimal value = rounded(Math.max(0, source.kwh(local, day)));
            if (stuck > 0) {
                stuck--;
                value = stuckAt;
                if (stuck == 0) {
                    label(series, stuckFrom, at.plus(STEP), "stuck");
                }
                add(all, at, value, 4);
                continue;
            }
            // A stuck run spoils about a dozen values at once.
            if (at.isBefore(spoiltFrom) || random.nextDouble() >= spoilt * 0.4) {
                add(all, at, value, 4);
                continue;
            }
            Instant next = at.plus(STEP);
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    if (value.signum() > 0) {
                        label(series, at, next, "negative");
                    }
                    add(all, at, value.negate(), 4);
                }
                case 2, 3, 4 -> {
                    boolean seen = value.compareTo(new BigDecimal("0.5")) > 0;
                    if (seen) {
                        label(series, at, next, "spike");
                    }
                    add(all, at, seen ? rounded(value.doubleValue() * (4 + 8 * random.nextDouble())) : value, 4);
                }
                case 5 -> {
                    if (value.compareTo(new BigDecimal("0.5")) > 0) {
                        stuck = 6 + random.nextInt(14);
                        stuckAt = value;
                        stuckFrom = at;
                    }
                    add(all, at, value, 4);
                }
                case 6, 7 -> label(series, at, next, "gap");
                case 8, 9 -> {
                    label(series, at, next, "late");
                    add(all, at, value, 1200 + random.nextInt(6000));
                }
                case 10 -> {
                    add(all, at, value, 4);
                    add(all, at, value, 60);
                }
                default -> {
                    label(series, at, next, "conflict");
                    add(all, at, value, 4);
                    add(all, at, value.add(new BigDecimal("0.05")), 60);
                }
            }
        }
        all.sort(Comparator.comparing(Arrived::receivedAt));
        return all;
    }

    private void label(Series series, Instant from, Instant to, String kind) {
        labels.add(new Label(series, new Interval(from, to), kind));
    }

    private void add(List<Arrived> all, Instant at, BigDecimal value, long delaySeconds) {
        Quality quality = value.signum() < 0 ? Quality.INVALID : Quality.ACTUAL;
        Instant end = at.plus(STEP);
        all.add(new Arrived(
                new Reading(new Interval(at, end), value, quality), end.plusSeconds(delaySeconds), ++delivery));
    }

    private static BigDecimal rounded(double kwh) {
        return BigDecimal.valueOf(kwh).setScale(3, RoundingMode.HALF_EVEN);
    }

    static boolean isWeekend(ZonedDateTime at) {
        return at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
