package io.tallywatt.server.demo;

import io.tallywatt.collectors.tibber.Measurement;
import io.tallywatt.collectors.tibber.TibberHome;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.register.Registers;
import io.tallywatt.core.store.Intake;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A house that does not exist, with a meter that is read live and a price that changes by the quarter of an hour. What it draws at
 * a second depends on that second alone, so that the history written at the start and what is measured afterwards are one.
 *
 * <p>Its register counts whole watt-hours, as meters do. Yesterday its recorder was off for a while: the register went on.
 */
public final class SimulatedHome {
    /** The key of its series. */
    public static final String KEY = "simulated";

    public static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    /** How far its history goes back. */
    private static final int DAYS = 40;

    /** Of so many days there is a read for each minute, before that for each hour. */
    private static final int DAYS_OF_MINUTES = 3;

    private static final long STEP = 10;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long QUARTER = 900;
    private static final long WATT_SECONDS_PER_WH = 3600;
    private static final LocalTime SILENT_FROM = LocalTime.of(14, 20);
    private static final LocalTime SILENT_TO = LocalTime.of(14, 32);

    private final Instant begin;
    /** Watt-seconds at the start, as of a meter that is some years old. */
    private static final long BEGIN_WATT_SECONDS = 18_432_617L * WATT_SECONDS_PER_WH;

    private long countedUntil;
    private long wattSeconds = BEGIN_WATT_SECONDS;
    private long wattSecondsAtDayStart = BEGIN_WATT_SECONDS;

    public SimulatedHome(Instant now) {
        LocalDate first = LocalDate.ofInstant(now, ZONE).minusDays(DAYS);
        this.begin = first.atStartOfDay(ZONE).toInstant();
        this.countedUntil = begin.getEpochSecond();
    }

    public static TibberHome home() {
        return new TibberHome(KEY, "Simulated house", ZONE, true);
    }

    /** What it draws, W. */
    static long powerW(long second) {
        ZonedDateTime local = Instant.ofEpochSecond(second).atZone(ZONE);
        long minute = Math.floorDiv(second, MINUTE);
        double hour = local.getHour() + local.getMinute() / 60.0;
        double watts = 190 + 40 * noise(1, minute / 7) + 12 * noise(2, second / STEP);
        // The fridge.
        watts += Math.floorMod(minute, 42) < 14 ? 95 : 0;
        // People get up, and come home.
        watts += 420 * bell(hour, 7.2, 0.9) + 780 * bell(hour, 18.6, 1.7) + 180 * bell(hour, 12.5, 1.2);
        // Heat pump: more on cold days.
        double cold = 0.7 + 0.5 * noise(3, local.toLocalDate().toEpochDay());
        watts += Math.floorMod(minute + local.getDayOfYear() * 7L, 55) < 22 * cold ? 720 : 60;
        // A kettle now and then, the oven in the evening, a car at night on some days.
        watts += noise(4, minute / 4) > 0.965 && hour > 6 && hour < 22 ? 2050 : 0;
        watts += hour >= 17.5 && hour < 18.4 && noise(5, local.toLocalDate().toEpochDay()) > 0.35 ? 1150 : 0;
        watts += hour >= 1 && hour < 4.5 && noise(6, local.toLocalDate().toEpochDay()) > 0.72 ? 3600 : 0;
        return Math.round(watts);
    }

    private static double bell(double hour, double middle, double width) {
        double away = (hour - middle) / width;
        return Math.exp(-away * away);
    }

    /** From 0 to 1, the same for the same number. */
    private static double noise(long what, long number) {
        return new Random(what * 1_000_003 + number * 7_919).nextDouble();
    }

    /** Price in the currency's thousandth per MWh. */
    private static long price(long second) {
        ZonedDateTime local = Instant.ofEpochSecond(second).atZone(ZONE);
        double hour = local.getHour() + local.getMinute() / 60.0;
        double day = 0.75 + 0.5 * noise(7, local.toLocalDate().toEpochDay());
        double price = 520 + 620 * bell(hour, 8.1, 1.8) + 840 * bell(hour, 18.2, 2.2) - 190 * bell(hour, 13.5, 2.0);
        return Math.round((price * day + 25 * noise(8, second / QUARTER)) * 1000);
    }

    /** Goes on counting up to a second. */
    private void count(long until) {
        while (countedUntil + STEP <= until) {
            long next = countedUntil + STEP;
            wattSeconds += powerW(countedUntil) * STEP;
            countedUntil = next;
            if (Math.floorMod(next, QUARTER) == 0
                    && Instant.ofEpochSecond(next).atZone(ZONE).toLocalTime().equals(LocalTime.MIDNIGHT)) {
                wattSecondsAtDayStart = wattSeconds;
            }
        }
    }

    /** What its meter says at an instant that is later than any before. */
    public Measurement measure(Instant at) {
        long second = Math.floorDiv(at.getEpochSecond(), STEP) * STEP;
        count(second);
        return new Measurement(
                at,
                BigDecimal.valueOf(powerW(at.getEpochSecond())),
                null,
                BigDecimal.valueOf((wattSeconds - wattSecondsAtDayStart) / WATT_SECONDS_PER_WH, 3),
                null,
                BigDecimal.valueOf(wattSeconds / WATT_SECONDS_PER_WH, 3),
                null);
    }

    /** All there is up to now: reads of the register, the mean power of minutes, and prices until the end of tomorrow. */
    public List<Intake> history(Instant now) {
        long end = Math.floorDiv(now.getEpochSecond(), MINUTE) * MINUTE;
        LocalDate today = LocalDate.ofInstant(now, ZONE);
        long minutesFrom =
                today.minusDays(DAYS_OF_MINUTES - 1L).atStartOfDay(ZONE).toEpochSecond();
        long silentFrom = today.minusDays(1).atTime(SILENT_FROM).atZone(ZONE).toEpochSecond();
        long silentTo = today.minusDays(1).atTime(SILENT_TO).atZone(ZONE).toEpochSecond();
        List<GivenBlocks.Value> reads = new ArrayList<>();
        List<GivenBlocks.Value> power = new ArrayList<>();
        reads.add(read(begin.getEpochSecond()));
        while (countedUntil < end) {
            long start = countedUntil;
            boolean minutes = start >= minutesFrom;
            long next = Math.min(end, start + (minutes ? MINUTE : HOUR));
            long before = wattSeconds;
            count(next);
            if (next > silentFrom && next <= silentTo) {
                continue;
            }
            reads.add(read(next));
            if (minutes) {
                power.add(new GivenBlocks.Value(start, next, (wattSeconds - before) / (next - start)));
            }
        }
        List<GivenBlocks.Value> prices = new ArrayList<>();
        long pricesEnd = today.plusDays(2).atStartOfDay(ZONE).toEpochSecond();
        for (long at = begin.getEpochSecond(); at < pricesEnd; at += QUARTER) {
            prices.add(new GivenBlocks.Value(at, at + QUARTER, price(at)));
        }
        return List.of(
                given("registers", now, Registers.UNIT)
                        .add(Registers.channel(Registers.of(KEY, Registers.CONSUMPTION), Registers.REGISTER), 3, reads),
                given("power", now, Units.POWER).add(Registers.of(KEY, Registers.POWER), 0, power),
                given("prices", now, Units.pricePerMwh("SEK")).add(Registers.of(KEY, Registers.PRICE), 3, prices));
    }

    private static GivenBlocks given(String what, Instant now, String unit) {
        return new GivenBlocks("simulated-home-" + what, "simulated", now, ZONE, unit);
    }

    /** A read is a reading of one second. */
    private GivenBlocks.Value read(long at) {
        return new GivenBlocks.Value(at, at + 1, wattSeconds / WATT_SECONDS_PER_WH);
    }
}
