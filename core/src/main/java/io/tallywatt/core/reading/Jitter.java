package io.tallywatt.core.reading;

/**
 * Stamps of a feed come some seconds early or late, so that an interval of the usual length reaches a little into the next
 * one. Both are readings of their own then. Those that share more are two readings of the same time, of which one counts.
 */
public final class Jitter {
    /** One part in so many is little. */
    private static final int PART = 10;

    private Jitter() {}

    /**
     * Whether two intervals (epoch seconds) are readings of the same time. They are not if they share nothing, or if the
     * later one outlasts the earlier and they share no more than a tenth of the shorter one.
     */
    public static boolean rivals(long start, long end, long otherStart, long otherEnd) {
        if (otherStart < start) {
            return rivals(otherStart, otherEnd, start, end);
        }
        long shared = Math.min(end, otherEnd) - otherStart;
        if (shared <= 0) {
            return false;
        }
        return otherStart == start
                || otherEnd <= end
                || !isLittle(shared, Math.min(end - start, otherEnd - otherStart));
    }

    /** Whether a part of an interval is so short that it is no more than a stamp that came early or late. */
    public static boolean isLittle(long part, long of) {
        return part * PART <= of;
    }

    /** Brings intervals that reach into the next one to its start; they keep their values. Starts ascend. */
    public static void part(long[] starts, long[] ends) {
        for (int i = 0; i + 1 < starts.length; i++) {
            ends[i] = Math.min(ends[i], starts[i + 1]);
        }
    }
}
