package io.tallywatt.duckdb;

import java.util.Arrays;

/** First and last day per series, and the resolution it came in first. One per thread, joined afterwards. */
final class Spans {
    private static final int NONE = Integer.MIN_VALUE;

    private int[] first = new int[0];
    private int[] last = new int[0];
    private int[] resolution = new int[0];

    /** Adds a day of a series. */
    void include(int id, int day, int resolutionSeconds) {
        if (id >= first.length) {
            grow(id + 1);
        }
        if (last[id] == NONE) {
            first[id] = day;
            last[id] = day;
            resolution[id] = resolutionSeconds;
        } else if (day < first[id]) {
            first[id] = day;
        } else if (day > last[id]) {
            last[id] = day;
        }
    }

    private void grow(int needed) {
        int old = first.length;
        int size = Math.max(needed, old + (old >> 1) + 64);
        first = Arrays.copyOf(first, size);
        last = Arrays.copyOf(last, size);
        resolution = Arrays.copyOf(resolution, size);
        Arrays.fill(last, old, size, NONE);
    }

    boolean has(int id) {
        return id < last.length && last[id] != NONE;
    }

    /** Whether the day may be stored already: it lies between the first and the last. */
    boolean covers(int id, int day) {
        return has(id) && day >= first[id] && day <= last[id];
    }

    int first(int id) {
        return first[id];
    }

    int last(int id) {
        return last[id];
    }

    int resolution(int id) {
        return resolution[id];
    }

    /** Upper bound of the ids here. */
    int size() {
        return first.length;
    }

    /** Takes in the days of another. */
    void includeAll(Spans other) {
        for (int id = 0; id < other.size(); id++) {
            if (other.has(id)) {
                include(id, other.first(id), other.resolution(id));
                include(id, other.last(id), other.resolution(id));
            }
        }
    }
}
