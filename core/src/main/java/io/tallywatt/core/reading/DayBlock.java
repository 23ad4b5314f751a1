package io.tallywatt.core.reading;

import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All readings of one series on one delivery day: the unit of storage and de-duplication.
 *
 * <p>A regular block has a resolution and one value per interval of the day, in time order. An irregular block has exact
 * starts and ends instead; nothing is snapped to a grid. Values are scaled longs with one decimal scale (0 to 9) for the
 * block, always the smallest that holds them; where the quality is {@link Quality#MISSING} the value means nothing and
 * is 0. Blocks are immutable: callers must not write to the arrays they pass or get.
 */
public final class DayBlock {
    private final int day;
    private final long start;
    private final @Nullable Resolution resolution;
    private final int scale;
    private final long[] values;
    private final byte[] qualities;
    private final long @Nullable [] starts;
    private final long @Nullable [] ends;

    private DayBlock(
            int day,
            long start,
            @Nullable Resolution resolution,
            int scale,
            long[] values,
            byte[] qualities,
            long @Nullable [] starts,
            long @Nullable [] ends) {
        if (values.length != qualities.length) {
            throw new IllegalArgumentException("A block has one quality per value");
        }
        if (scale < 0 || scale > Scaled.MAX_SCALE) {
            throw new IllegalArgumentException("A block's scale is from 0 to 9, but got " + scale);
        }
        this.day = day;
        this.start = start;
        this.resolution = resolution;
        this.scale = trim(scale, values, qualities, 0, values.length);
        this.values = values;
        this.qualities = qualities;
        this.starts = starts;
        this.ends = ends;
    }

    /**
     * A block on the grid of its resolution.
     *
     * @param day epoch day of the local date
     * @param start first instant of the day, epoch seconds
     * @param values one per interval of the day, at the scale; taken over and brought to the smallest scale
     * @param qualities {@link Quality#code()} per interval
     */
    public static DayBlock regular(
            int day, long start, Resolution resolution, int scale, long[] values, byte[] qualities) {
        return new DayBlock(day, start, resolution, scale, values, qualities, null, null);
    }

    /**
     * A block of exact intervals.
     *
     * @param starts epoch seconds, ascending
     * @param ends epoch seconds; no interval overlaps the next
     */
    public static DayBlock irregular(
            int day, long start, int scale, long[] values, byte[] qualities, long[] starts, long[] ends) {
        if (starts.length != values.length || ends.length != values.length) {
            throw new IllegalArgumentException("An irregular block has a start and an end per value");
        }
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] >= ends[i] || (i > 0 && starts[i] < ends[i - 1])) {
                throw new IllegalArgumentException("Intervals ascend and do not overlap, but " + starts[i] + " does");
            }
        }
        return new DayBlock(day, start, null, scale, values, qualities, starts, ends);
    }

    /** Brings values to the smallest scale in place: trailing zeros are not digits. Returns that scale. */
    static int trim(int scale, long[] values, byte[] qualities, int from, int length) {
        int trimmed = scale;
        for (int i = from; i < from + length; i++) {
            if (qualities[i] == Quality.MISSING.code()) {
                values[i] = 0;
            }
        }
        while (trimmed > 0 && allMultiplesOfTen(values, from, length)) {
            for (int i = from; i < from + length; i++) {
                values[i] /= 10;
            }
            trimmed--;
        }
        return trimmed;
    }

    private static boolean allMultiplesOfTen(long[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (values[i] % 10 != 0) {
                return false;
            }
        }
        return true;
    }

    /** Epoch day of the local date. */
    public int day() {
        return day;
    }

    public LocalDate date() {
        return LocalDate.ofEpochDay(day);
    }

    /** First instant of the day, epoch seconds. */
    public long start() {
        return start;
    }

    /** The grid's step, or null for an irregular block. */
    public @Nullable Resolution resolution() {
        return resolution;
    }

    public int scale() {
        return scale;
    }

    public long[] values() {
        return values;
    }

    public byte[] qualities() {
        return qualities;
    }

    public long @Nullable [] starts() {
        return starts;
    }

    public long @Nullable [] ends() {
        return ends;
    }

    /** Number of intervals, with those that are MISSING. */
    public int length() {
        return values.length;
    }

    /** Start of an interval, epoch seconds. */
    public long startOf(int i) {
        return starts != null ? starts[i] : resolution == null ? start : start + (long) i * resolution.seconds();
    }

    /**
     * End of an interval, epoch seconds.
     *
     * @param dayEnd first instant of the next day: where a daily value ends
     */
    public long endOf(int i, long dayEnd) {
        if (ends != null) {
            return ends[i];
        }
        if (resolution == null || resolution.isDay()) {
            return dayEnd;
        }
        return start + (long) (i + 1) * resolution.seconds();
    }

    /**
     * The readings in time order. Intervals of a regular block that have none are among them, as MISSING.
     *
     * @param dayEnd first instant of the next day, epoch seconds
     */
    public List<Reading> readings(long dayEnd) {
        List<Reading> readings = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            Quality quality = Quality.ofCode(qualities[i]);
            readings.add(new Reading(
                    new Interval(Instant.ofEpochSecond(startOf(i)), Instant.ofEpochSecond(endOf(i, dayEnd))),
                    quality == Quality.MISSING ? null : Scaled.toDecimal(values[i], scale),
                    quality));
        }
        return readings;
    }

    /** How many intervals have a quality. */
    public int count(Quality quality) {
        int n = 0;
        for (byte q : qualities) {
            if (q == quality.code()) {
                n++;
            }
        }
        return n;
    }

    /** How many readings are part of totals. */
    public int counted() {
        int n = 0;
        for (byte q : qualities) {
            if (Quality.counts(q)) {
                n++;
            }
        }
        return n;
    }

    /** Sum of the readings that count, at the block's scale. */
    public long totalUnits() {
        long total = 0;
        for (int i = 0; i < values.length; i++) {
            if (Quality.counts(qualities[i])) {
                total = Math.addExact(total, values[i]);
            }
        }
        return total;
    }

    public BigDecimal total() {
        return Scaled.toDecimal(totalUnits(), scale);
    }

    /** Smallest reading that counts, at the block's scale; {@link Long#MAX_VALUE} where none does. */
    public long minUnits() {
        long min = Long.MAX_VALUE;
        for (int i = 0; i < values.length; i++) {
            if (Quality.counts(qualities[i])) {
                min = Math.min(min, values[i]);
            }
        }
        return min;
    }

    /** Greatest reading that counts, at the block's scale; {@link Long#MIN_VALUE} where none does. */
    public long maxUnits() {
        long max = Long.MIN_VALUE;
        for (int i = 0; i < values.length; i++) {
            if (Quality.counts(qualities[i])) {
                max = Math.max(max, values[i]);
            }
        }
        return max;
    }

    /** Whether every interval has a reading (of any quality), so that the whole day is covered. */
    public boolean isComplete() {
        return resolution != null && count(Quality.MISSING) == 0;
    }

    /** Same intervals, values and qualities; since scales are the smallest, equal numbers have equal digits. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DayBlock b
                && day == b.day
                && start == b.start
                && scale == b.scale
                && java.util.Objects.equals(resolution, b.resolution)
                && Arrays.equals(values, b.values)
                && Arrays.equals(qualities, b.qualities)
                && Arrays.equals(starts, b.starts)
                && Arrays.equals(ends, b.ends);
    }

    @Override
    public int hashCode() {
        return 31 * day + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return date() + " " + (resolution == null ? "irregular" : resolution) + " x " + length() + ", total " + total();
    }
}
