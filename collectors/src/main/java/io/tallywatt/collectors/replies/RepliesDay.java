package io.tallywatt.collectors.replies;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Jitter;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a document gives for one series' day, until all of it is known. */
final class RepliesDay {
    final Series series;
    private final int day;
    private final long dayStart;
    private final TreeMap<Long, Value> byStart = new TreeMap<>();
    /** The first line that gave something. */
    long line = Long.MAX_VALUE;

    private record Value(long end, long nanoUnits, byte quality) {}

    RepliesDay(Series series, int day, long dayStart) {
        this.series = series;
        this.day = day;
        this.dayStart = dayStart;
    }

    /**
     * Puts a reading where it belongs, in the place of those of the same time.
     *
     * @return whether there was one that says something else
     */
    boolean put(long start, long end, long nanoUnits, byte quality, long atLine) {
        boolean differs = false;
        Map.@Nullable Entry<Long, Value> before = byStart.lowerEntry(end);
        while (before != null && before.getValue().end() > start) {
            Value other = before.getValue();
            differs |= other.end() != end || before.getKey() != start || other.nanoUnits() != nanoUnits;
            if (Jitter.rivals(start, end, before.getKey(), other.end())) {
                byStart.remove(before.getKey());
            }
            before = byStart.lowerEntry(before.getKey());
        }
        byStart.put(start, new Value(end, nanoUnits, quality));
        line = Math.min(line, atLine);
        return differs;
    }

    DayBlock block() {
        int n = byStart.size();
        long[] starts = new long[n];
        long[] ends = new long[n];
        long[] values = new long[n];
        byte[] qualities = new byte[n];
        int i = 0;
        for (Map.Entry<Long, Value> entry : byStart.entrySet()) {
            starts[i] = entry.getKey();
            ends[i] = entry.getValue().end();
            values[i] = entry.getValue().nanoUnits();
            qualities[i] = entry.getValue().quality();
            i++;
        }
        Jitter.part(starts, ends);
        return DayBlock.irregular(day, dayStart, Scaled.MAX_SCALE, values, qualities, starts, ends);
    }
}
