package io.tallywatt.core.time;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stretches of time, put together where they overlap or touch. */
public final class Stretches {
    private final TreeMap<Instant, Instant> endByStart = new TreeMap<>();

    public void add(Interval interval) {
        Instant start = interval.start();
        Instant end = interval.end();
        Map.@Nullable Entry<Instant, Instant> before = endByStart.floorEntry(end);
        while (before != null && !before.getValue().isBefore(start)) {
            start = before.getKey().isBefore(start) ? before.getKey() : start;
            end = before.getValue().isAfter(end) ? before.getValue() : end;
            endByStart.remove(before.getKey());
            before = endByStart.floorEntry(end);
        }
        endByStart.put(start, end);
    }

    /** Whether any of it is within the interval. */
    public boolean overlaps(Interval interval) {
        Map.@Nullable Entry<Instant, Instant> before = endByStart.lowerEntry(interval.end());
        return before != null && before.getValue().isAfter(interval.start());
    }
}
