package io.tallywatt.core.format.text;

import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Resolution;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of all days that a wide file's columns meet, made once each. Safe for several threads. */
final class DayPlans {
    private final DayCalendar calendar;
    private final ValueColumns values;
    private final int @Nullable [] starts;
    /** By the low bits of the day; racing writers store good plans, whose final fields are safe to see. */
    private final @Nullable DayPlan[] plans = new @Nullable DayPlan[1024];

    DayPlans(DayCalendar calendar, ValueColumns values) {
        this.calendar = calendar;
        this.values = values;
        this.starts = values.starts();
    }

    /** @param day one that {@link DayCalendar#covers} */
    DayPlan of(int day) {
        int slot = day & plans.length - 1;
        DayPlan known = plans[slot];
        if (known != null && known.day() == day) {
            return known;
        }
        DayPlan made = plan(day);
        plans[slot] = made;
        return made;
    }

    private DayPlan plan(int day) {
        int seconds = calendar.seconds(day);
        if (seconds <= 0) {
            return DayPlan.refused(day, RejectCode.NONEXISTENT_LOCAL_TIME, neverWas(day, calendar.zone()));
        }
        if (seconds % values.step() != 0) {
            return unfit(day);
        }
        int intervals = seconds / values.step();
        int @Nullable [] targets = starts == null ? counted(intervals) : placed(day, intervals, starts);
        if (targets != null && targets.length == 0) {
            return unfit(day);
        }
        return new DayPlan(day, calendar.start(day), intervals, targets, null, "");
    }

    static String neverWas(int day, ZoneId zone) {
        return "The date " + LocalDate.ofEpochDay(day) + " never was in " + zone
                + "; expected a date of that zone (is the source in UTC? --zone UTC)";
    }

    private DayPlan unfit(int day) {
        return DayPlan.refused(
                day,
                RejectCode.BAD_TIME,
                "The day " + LocalDate.ofEpochDay(day) + " lasts "
                        + Duration.ofSeconds(calendar.seconds(day)) + " in "
                        + calendar.zone() + " and does not divide into " + new Resolution(values.step())
                        + "; expected finer columns");
    }

    /** Columns that count from local midnight. */
    private int @Nullable [] counted(int intervals) {
        if (values.count() == intervals) {
            return null;
        }
        int[] targets = new int[values.count()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i < intervals ? i : DayPlan.SURPLUS;
        }
        return targets;
    }

    /**
     * Columns that carry clock times: each goes to the interval that starts when the local clock shows its time.
     *
     * @return no targets at all where one is not on the day's grid
     */
    private int @Nullable [] placed(int day, int intervals, int[] startOf) {
        boolean change = calendar.hasClockChange(day);
        // A header made for this very day, repeated or left-out hour included, is in the order of time.
        if (change && values.count() == intervals && intervals != Resolution.DAY_SECONDS / values.step()) {
            return null;
        }
        Map<Integer, Integer> seen = new HashMap<>();
        int[] targets = new int[startOf.length];
        boolean straight = targets.length == intervals;
        for (int i = 0; i < targets.length; i++) {
            int occurrence = seen.merge(startOf[i], 1, Integer::sum);
            targets[i] = target(day, intervals, startOf[i], occurrence);
            if (targets[i] == Integer.MIN_VALUE) {
                return new int[0];
            }
            straight &= targets[i] == i;
        }
        return straight ? null : withoutClashes(targets, intervals);
    }

    private int target(int day, int intervals, int secondOfDay, int occurrence) {
        if (occurrence > 1 && (occurrence > 2 || !calendar.isRepeated(day, secondOfDay))) {
            return DayPlan.SURPLUS;
        }
        long instant = calendar.instant(day, secondOfDay, occurrence == 2);
        if (instant == Long.MIN_VALUE) {
            return DayPlan.SKIPPED;
        }
        long since = instant - calendar.start(day);
        if (since % values.step() != 0) {
            return Integer.MIN_VALUE;
        }
        long interval = since / values.step();
        return interval < 0 || interval >= intervals ? DayPlan.SURPLUS : (int) interval;
    }

    /** An interval takes one column only. */
    private static int[] withoutClashes(int[] targets, int intervals) {
        boolean[] used = new boolean[intervals];
        int[] kept = Arrays.copyOf(targets, targets.length);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] >= 0) {
                if (used[kept[i]]) {
                    kept[i] = DayPlan.SURPLUS;
                } else {
                    used[kept[i]] = true;
                }
            }
        }
        return kept;
    }
}
