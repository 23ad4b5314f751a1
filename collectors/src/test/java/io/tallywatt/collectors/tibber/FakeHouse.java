package io.tallywatt.collectors.tibber;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;

/** A house whose meter is known at every ten seconds, to the last 10^-9 kWh. */
public final class FakeHouse {
    static final int TICK = 10;
    private static final int DIGITS = 9;

    final ZoneId zone;
    final Instant start;
    private final Random random;
    private final long base;
    /** What was counted since the start, at each tick. */
    private long[] counted = new long[1 << 12];

    private int known = 1;

    public FakeHouse(ZoneId zone, Instant start, long seed) {
        this.zone = zone;
        this.start = start;
        this.random = new Random(seed * 31 + 7);
        this.base = 10_000_000_000_000L + random.nextInt(1_000_000_000);
    }

    private synchronized long counted(int tick) {
        while (known <= tick) {
            if (known == counted.length) {
                counted = Arrays.copyOf(counted, known * 2);
            }
            // Up to some 7 kW; now and then nothing at all.
            counted[known] = counted[known - 1] + (random.nextInt(50) == 0 ? 0 : random.nextInt(20_000_000));
            known++;
        }
        return counted[tick];
    }

    Instant at(int tick) {
        return start.plusSeconds((long) tick * TICK);
    }

    int tick(Instant at) {
        return Math.toIntExact((at.getEpochSecond() - start.getEpochSecond()) / TICK);
    }

    /** What it used between two instants, kWh. */
    public BigDecimal used(Instant from, Instant to) {
        return kwh(counted(tick(to)) - counted(tick(from)));
    }

    private static BigDecimal kwh(long nano) {
        return BigDecimal.valueOf(nano, DIGITS);
    }

    private Instant midnight(Instant at) {
        Instant midnight = at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        return midnight.isBefore(start) ? start : midnight;
    }

    BigDecimal sinceMidnight(int tick) {
        return used(midnight(at(tick)), at(tick));
    }

    BigDecimal register(int tick) {
        return kwh(base + counted(tick));
    }

    long powerW(int tick) {
        return tick == 0 ? 0 : (counted(tick) - counted(tick - 1)) * 360 / 1_000_000;
    }

    /** A time as Tibber writes it. */
    String stamp(Instant at) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        return at.atOffset(offset).format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx"));
    }

    /** @param told the tick whose register is told: a meter may tell it late */
    String measurement(int tick, int told, boolean registers) {
        return "{\"timestamp\":\"" + stamp(at(tick)) + "\",\"power\":" + powerW(tick)
                + ",\"powerProduction\":" + (registers ? "0" : "null")
                + ",\"accumulatedConsumption\":" + sinceMidnight(tick).toPlainString()
                + ",\"accumulatedProduction\":0,\"lastMeterConsumption\":"
                + (registers ? register(told).toPlainString() : "null")
                + ",\"lastMeterProduction\":-1}";
    }
}
