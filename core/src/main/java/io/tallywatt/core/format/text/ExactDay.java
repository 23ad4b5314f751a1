package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Jitter;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Resolution;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An open day of intervals with a start and an end of their own. Handed out as a regular block if they divide the whole
 * day evenly (those without a value counted in), or if all of them lie on the file's grid; as an irregular one if not.
 */
final class ExactDay extends OpenDay {
    /** What one interval in a tree takes, compared with one in an array. */
    private static final int WEIGHT = 5;

    private final long dayStart;
    private final long dayEnd;
    /** Null where nothing is put on a grid, whatever the intervals come to. */
    private final @Nullable Resolution step;

    private final TreeMap<Long, Exact> intervals = new TreeMap<>();
    /** Ends by starts of the intervals that rows named without a value. */
    private @Nullable TreeMap<Long, Long> blanks;

    private long line = Long.MAX_VALUE;
    private boolean replaced;

    /** One reading, at nine decimals. */
    record Exact(long start, long end, long nanoUnits, byte quality, long line) {}

    ExactDay(int series, int day, long dayStart, long dayEnd, @Nullable Resolution step) {
        super(series, day);
        this.dayStart = dayStart;
        this.dayEnd = dayEnd;
        this.step = step;
    }

    /** The reading that shares time with an interval, or null. */
    @Nullable
    Exact overlapping(long start, long end) {
        Map.@Nullable Entry<Long, Exact> before = intervals.lowerEntry(end);
        return before != null && before.getValue().end() > start ? before.getValue() : null;
    }

    /** The reading of the same time as an interval, or null: one that only reaches a little into it is none. */
    @Nullable
    Exact rival(long start, long end) {
        Map.@Nullable Entry<Long, Exact> before = intervals.lowerEntry(end);
        while (before != null && before.getValue().end() > start) {
            Exact other = before.getValue();
            if (Jitter.rivals(start, end, other.start(), other.end())) {
                return other;
            }
            before = intervals.lowerEntry(other.start());
        }
        return null;
    }

    void remove(Exact exact) {
        if (intervals.remove(exact.start()) != null) {
            replaced = true;
        }
    }

    /** Puts a reading in the place of one with the same interval, if there is one. */
    void put(Exact exact) {
        replaced |= intervals.put(exact.start(), exact) != null;
        line = replaced ? Math.max(line == Long.MAX_VALUE ? 0 : line, exact.line()) : Math.min(line, exact.line());
    }

    /** Notes an interval that a row named without a value. */
    void putBlank(long start, long end) {
        TreeMap<Long, Long> noted = blanks == null ? new TreeMap<>() : blanks;
        noted.put(start, end);
        blanks = noted;
    }

    /** One reading as a day of its own. */
    ExactDay only(Exact exact) {
        ExactDay single = new ExactDay(series, day, dayStart, dayEnd, step);
        single.put(exact);
        return single;
    }

    @Override
    int weight() {
        return WEIGHT * (intervals.size() + (blanks == null ? 0 : blanks.size()) + 4);
    }

    @Override
    void handOut(BlockBatch batch) {
        if (intervals.isEmpty()) {
            return;
        }
        @Nullable Resolution even = step == null ? null : isOnGrid(step) ? step : division();
        batch.add(series, even == null ? irregular() : regular(even), line);
    }

    /** The step that the intervals divide the whole day by, or null if they do not. */
    private @Nullable Resolution division() {
        Exact any = intervals.firstEntry().getValue();
        long length = any.end() - any.start();
        if (length == dayEnd - dayStart) {
            return Resolution.DAY;
        }
        if (Resolution.DAY_SECONDS % length != 0 || (dayEnd - dayStart) % length != 0) {
            return null;
        }
        for (long at = dayStart; at < dayEnd; at += length) {
            Exact exact = intervals.get(at);
            @Nullable Long blank = blanks == null ? null : blanks.get(at);
            if (exact == null ? blank == null || blank != at + length : exact.end() != at + length) {
                return null;
            }
        }
        return new Resolution((int) length);
    }

    private boolean isOnGrid(Resolution grid) {
        if (grid.isDay()) {
            Exact first = intervals.firstEntry().getValue();
            return first.start() == dayStart && first.end() == dayEnd;
        }
        if ((dayEnd - dayStart) % grid.seconds() != 0) {
            return false;
        }
        for (Exact exact : intervals.values()) {
            if (exact.end() - exact.start() != grid.seconds() || (exact.start() - dayStart) % grid.seconds() != 0) {
                return false;
            }
        }
        return true;
    }

    private DayBlock regular(Resolution even) {
        int count = even.isDay() ? 1 : (int) ((dayEnd - dayStart) / even.seconds());
        long[] values = new long[count];
        byte[] qualities = new byte[count];
        Arrays.fill(qualities, Quality.MISSING.code());
        for (Exact exact : intervals.values()) {
            int i = even.isDay() ? 0 : (int) ((exact.start() - dayStart) / even.seconds());
            values[i] = exact.nanoUnits();
            qualities[i] = exact.quality();
        }
        return DayBlock.regular(day, dayStart, even, Scaled.MAX_SCALE, values, qualities);
    }

    private DayBlock irregular() {
        int count = intervals.size();
        long[] values = new long[count];
        byte[] qualities = new byte[count];
        long[] starts = new long[count];
        long[] ends = new long[count];
        int i = 0;
        for (Exact exact : intervals.values()) {
            starts[i] = exact.start();
            ends[i] = exact.end();
            values[i] = exact.nanoUnits();
            qualities[i] = exact.quality();
            i++;
        }
        Jitter.part(starts, ends);
        return DayBlock.irregular(day, dayStart, Scaled.MAX_SCALE, values, qualities, starts, ends);
    }
}
