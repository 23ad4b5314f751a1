package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import org.jspecify.annotations.Nullable;

/**
 * Where the value columns of a row fall on one day.
 *
 * @param day epoch day
 * @param start first instant of the day, epoch seconds
 * @param intervals how many the day has
 * @param targets interval of each column, or {@link #SKIPPED} or {@link #SURPLUS}; null where column i is interval i
 * @param problem why no row of this day can be taken, or null
 * @param message that in words
 */
record DayPlan(
        int day,
        long start,
        int intervals,
        int @Nullable [] targets,
        @Nullable RejectCode problem,
        String message) {
    /** The clock never showed the column's time on this day. */
    static final int SKIPPED = -1;
    /** The day has no interval left for the column. */
    static final int SURPLUS = -2;

    static DayPlan refused(int day, RejectCode problem, String message) {
        return new DayPlan(day, 0, 0, null, problem, message);
    }

    /** Whether columns and intervals run in parallel. */
    boolean isStraight() {
        return problem == null && targets == null;
    }
}
