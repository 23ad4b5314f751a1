package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Scaled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Learns what is usual at the time of day of one reading, from the other days that are remembered. Takes some microseconds, so
 * {@link SpikeRule} asks only for readings that are not among many like them.
 *
 * <p>Each day gives one value: the median of the readings within ten minutes of that time (at least three, where they are no
 * longer than an hour), so that a single wrong one never shows. The bounds are
 *
 * <pre>
 *   high = max(median + 3 sigma of the days above it, second greatest day) + margin
 *   low  = min(median - 3 sigma of the days below it, second smallest day) - margin
 *   margin = the greatest of: 4 sigma of single readings round their day's value, what one in forty of them exceeds,
 *            20 % of the bound, 10 % of what the series has when it has much, two units of its last digit
 * </pre>
 *
 * <p>Sigma is 1.4826 MAD, taken above and below the median apart, since energy is skewed (Leys et al., "Detecting outliers", 2013,
 * for 3 as a cautious choice), and wider where it is of few days. The second greatest day stands for what the weather can do:
 * clear days among many dull ones have a small MAD and are no spikes. The last two margins keep a constant history from flagging
 * the least change, and a kettle at night from being a spike.
 *
 * <p>A value that still lies outside is compared with the half-hours before and after too, because the sun rises an hour earlier at
 * the end of four weeks, and people are not punctual; and generation with the hour just before, because the wind has no
 * time of day, but does not rise all at once.
 *
 * <p>The figures were chosen on the labelled files and on a made-up site; see docs/design/judging.md for what they come to.
 */
final class Season {
    /** A kind of day is taken for itself if so many days of it are remembered: all the Saturdays of four weeks. */
    static final int DAYS_OF_KIND = 4;
    /** All kinds of days together, if there are so many. */
    private static final int DAYS_OF_ANY = 5;
    /** Neighbouring times of day, if there are so many days. */
    private static final int DAYS_OF_NEIGHBOURS = 2;

    private static final int READINGS_OF_NEIGHBOURS = 24;
    /** From so many values on, the most extreme one is left out. */
    private static final int ENOUGH = 8;

    private static final int PERCENT_OF_BOUND = 20;
    private static final int PERCENT_OF_MUCH = 10;
    private static final int ONE_IN = 40;
    private static final int ONE_IN_AROUND = 16;
    private static final int HALF_HOUR = 1800;
    private static final int HOUR = 3600;
    private static final int NEAR = 600;
    private static final int MOST_NEAR = 2;

    private final SeriesMemory memory;
    private final Readings readings;
    private final SameTime same;
    private final int index;
    private final int seconds;
    private final long units;

    /** One value per day, or per reading where there are too few days. */
    private long[] values = new long[SeriesMemory.DAYS + 2];

    private int valueCount;
    /** How far single readings are from the value of their day. */
    private final long[] residuals = new long[(2 * MOST_NEAR + 1) * (SeriesMemory.DAYS + 2)];

    private int residualCount;
    private final long[] near = new long[2 * MOST_NEAR + 1];
    private int nearCount;
    /** Whether days of all kinds stand for one of them. */
    private boolean pooled;
    /** Whether neighbouring times of day stand for that time. */
    private boolean around;

    private long greatestBeside = Long.MIN_VALUE;
    private long smallestBeside = Long.MAX_VALUE;

    private Season(Arrival arrival) {
        memory = arrival.memory;
        readings = memory.readings();
        same = arrival.sameTime();
        index = arrival.index();
        seconds = readings.length(index);
        units = arrival.units;
    }

    /** What is usual for a reading that has been placed, null if too little is known. */
    static @Nullable Usual of(Arrival arrival) {
        return new Season(arrival).learn();
    }

    private @Nullable Usual learn() {
        boolean week = memory.quantity().followsTheWeek();
        if (learnDays(week) >= DAYS_OF_KIND) {
            return usual(week, week ? same.kind().word() : "day");
        }
        // Five weekdays say nothing about the first Saturday.
        if (week && valueCount > 0 && learnDays(false) >= DAYS_OF_ANY) {
            pooled = true;
            return usual(false, "day");
        }
        int days = learnNeighbours(week);
        if (days < DAYS_OF_NEIGHBOURS || valueCount < READINGS_OF_NEIGHBOURS) {
            return null;
        }
        around = true;
        lookBack();
        return bounds(days, "day");
    }

    private Usual usual(boolean ofKind, String day) {
        Usual narrow = bounds(valueCount, day);
        if (narrow.holds(units) || seconds > HOUR) {
            return narrow;
        }
        lookBeside(ofKind);
        lookBack();
        return bounds(valueCount, day);
    }

    private int learnDays(boolean ofKind) {
        valueCount = 0;
        residualCount = 0;
        for (int d = 0; d < same.count(); d++) {
            if ((!ofKind || same.isOfKind(d)) && learnDay(same.index(d))) {
                long middle = Robust.median(near, nearCount);
                values[valueCount++] = middle;
                for (int i = 0; i < nearCount; i++) {
                    residuals[residualCount++] = Robust.distance(near[i], middle);
                }
            }
        }
        return valueCount;
    }

    /** Finds the good readings near one of another day; false if they are too few. */
    private boolean learnDay(int at) {
        int reach = seconds > HOUR ? 0 : Math.clamp(NEAR / seconds, 1, MOST_NEAR);
        nearCount = 0;
        for (int i = at - reach; i <= at + reach; i++) {
            if (isComparable(i, readings.start(at), reach)) {
                near[nearCount++] = readings.units(i);
            }
        }
        return nearCount > reach;
    }

    private boolean isComparable(int i, long start, int reach) {
        return i >= 0
                && i < readings.size()
                && i != index
                && readings.isGood(i)
                && readings.areAlike(i, index)
                && 2 * Math.abs(readings.start(i) - start) <= (2L * reach + 1) * seconds;
    }

    /** Looks at the half-hours before and after: how great and how small the days were there. */
    private void lookBeside(boolean ofKind) {
        lookBeside(ofKind, -Math.max(1, HALF_HOUR / seconds));
        lookBeside(ofKind, Math.max(1, HALF_HOUR / seconds));
    }

    /** Looks at the hour before: the wind has no time of day, but it does not rise all at once. */
    private void lookBack() {
        if (memory.quantity().hasUnusualLows()) {
            return;
        }
        long greatest = Long.MIN_VALUE;
        for (int i = index - 1; i >= 0 && readings.start(i) >= readings.start(index) - HOUR; i--) {
            if (readings.isGood(i) && readings.areAlike(i, index)) {
                // Of two the smaller one, as a single one may be wrong.
                greatestBeside = Math.max(greatestBeside, Math.min(greatest, readings.units(i)));
                greatest = Math.max(greatest, readings.units(i));
            }
        }
    }

    private void lookBeside(boolean ofKind, int away) {
        long[] beside = new long[same.count()];
        int n = 0;
        for (int d = 0; d < same.count(); d++) {
            int at = same.index(d);
            if ((!ofKind || same.isOfKind(d)) && isAway(at, away) && learnDay(at + away)) {
                beside[n++] = Robust.median(near, nearCount);
            }
        }
        extend(beside, n);
    }

    private boolean isAway(int at, int away) {
        int beside = at + away;
        return beside >= 0
                && beside < readings.size()
                && Math.abs(readings.start(beside) - readings.start(at) - (long) away * seconds) <= seconds;
    }

    private void extend(long[] beside, int n) {
        if (n > 0) {
            Arrays.sort(beside, 0, n);
            greatestBeside = Math.max(greatestBeside, beside[n - 1 - left(n)]);
            smallestBeside = Math.min(smallestBeside, beside[left(n)]);
        }
    }

    /** How many of the most extreme values are left out at either end. */
    private int left(int n) {
        if (around) {
            return n / ONE_IN_AROUND;
        }
        return n >= ENOUGH && !pooled ? 1 : 0;
    }

    /** Takes each good reading within an hour of that time of day as a value; returns how many days they are of. */
    private int learnNeighbours(boolean ofKind) {
        int reach = HOUR / seconds;
        int days = 0;
        valueCount = 0;
        residualCount = 0;
        for (int d = 0; d < same.count(); d++) {
            int at = same.index(d);
            int before = valueCount;
            for (int i = at - reach; i <= at + reach && (!ofKind || same.isOfKind(d)); i++) {
                if (isComparable(i, readings.start(at), reach)) {
                    if (valueCount == values.length) {
                        values = Arrays.copyOf(values, 2 * valueCount);
                    }
                    values[valueCount++] = readings.units(i);
                }
            }
            days += valueCount > before ? 1 : 0;
        }
        return days;
    }

    private Usual bounds(int days, String day) {
        int n = valueCount;
        long median = Robust.median(values, n);
        long high = Math.max(values[n - 1 - left(n)], greatestBeside);
        long low = Math.min(values[left(n)], smallestBeside);
        // Few days say little about how days differ: sigma counts twice for four of them, 1.2 times for twenty.
        long num = 3 * Robust.MAD_TO_SIGMA * (days + 4);
        long den = Robust.TEN_THOUSAND * days;
        high = Math.max(high, Robust.plus(median, Robust.times(deviation(median, true), num, den)));
        low = Math.min(low, Robust.minus(median, Robust.times(deviation(median, false), num, den)));
        int margins = around ? 2 : 1;
        high = Robust.plus(high, Robust.times(margin(high), margins, 1));
        low = Robust.minus(low, Robust.times(margin(low), margins, 1));
        if (memory.quantity().isEnergy() && low < 0 || !memory.quantity().hasUnusualLows()) {
            low = Math.min(0, values[0]);
        }
        long step = step(Robust.minus(high, low));
        return new Usual(
                Robust.times(Math.floorDiv(low, step), step, 1),
                Robust.times(-Math.floorDiv(-high, step), step, 1),
                Math.floorDiv(median, step) * step,
                days,
                day,
                around);
    }

    /** The median distance of those values from the median that lie above or below it. */
    private long deviation(long median, boolean above) {
        long[] distances = new long[valueCount];
        int n = 0;
        for (int i = 0; i < valueCount; i++) {
            if (above ? values[i] >= median : values[i] <= median) {
                distances[n++] = Robust.distance(values[i], median);
            }
        }
        return Robust.median(distances, n);
    }

    private long margin(long bound) {
        long ofBound = Robust.times(Robust.distance(bound, 0), PERCENT_OF_BOUND, 100);
        long ofMuch = Robust.times(memory.habits().high(), PERCENT_OF_MUCH, 100);
        return Math.max(Math.max(single(bound), ofBound), Math.max(ofMuch, 2 * lastDigit()));
    }

    /**
     * How far single readings are from the value of their day, at most: 4 sigma, or what one in forty exceeds. The latter is no
     * more than the bound itself: among the readings of the first days, when nothing was usual yet, there may be spikes.
     */
    private long single(long bound) {
        if (residualCount == 0) {
            return 0;
        }
        long median = Robust.median(residuals, residualCount);
        return Math.max(
                Robust.times(median, 4 * Robust.MAD_TO_SIGMA, Robust.TEN_THOUSAND),
                Math.min(residuals[residualCount - 1 - residualCount / ONE_IN], Robust.distance(bound, 0)));
    }

    /** One unit of the last digit that any value has, at most a whole one. */
    private long lastDigit() {
        long or = 0;
        for (int i = 0; i < valueCount; i++) {
            or |= values[i];
        }
        long digit = 1;
        while (or != 0 && digit < Scaled.power(Scaled.MAX_SCALE) && allMultiplesOf(10 * digit)) {
            digit *= 10;
        }
        return digit;
    }

    private boolean allMultiplesOf(long digit) {
        for (int i = 0; i < valueCount; i++) {
            if (values[i] % digit != 0) {
                return false;
            }
        }
        return true;
    }

    /** Bounds need no more than three digits. */
    private static long step(long width) {
        long step = 1;
        while (width / step >= 1000) {
            step *= 10;
        }
        return step;
    }
}
