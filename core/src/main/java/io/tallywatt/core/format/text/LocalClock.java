package io.tallywatt.core.format.text;

import io.tallywatt.core.time.DayCalendar;
import io.tallywatt.core.time.Resolution;

/**
 * Which instants a local wall time can mean: one mostly, two where the clock shows it twice, none where it never does. The
 * answer is in {@link #count} and {@link #instants} until the next call. Belongs to one thread.
 */
final class LocalClock {
    private static final int REMEMBERED = 256;

    private final DayCalendar calendar;
    private final int[] days = new int[REMEMBERED];
    private final boolean[] calm = new boolean[REMEMBERED];

    private int heldDay = -1;
    private long heldFrom;
    private long heldTo;

    int count;
    /** Epoch seconds, ascending. */
    final long[] instants = new long[4];

    LocalClock(DayCalendar calendar) {
        this.calendar = calendar;
    }

    /** The one instant that a stamp with an offset means. */
    void exactly(long instant) {
        count = 1;
        instants[0] = instant;
    }

    /** The instants at which the clock shows a time: seconds since midnight of a date, up to a day. */
    void starting(int day, int second) {
        if (isCalm(day)) {
            count = 1;
            instants[0] = calendar.start(day) + second;
        } else {
            count = 0;
            addShown(day, second, 0);
        }
    }

    /**
     * The instants that a stamp can mean as the end of an interval. That is the time it shows, and also the time that the
     * second before it would lead to: at a clock change the same instant has two names (1:00 and 2:00 in spring in
     * Britain), and files use either.
     */
    void ending(int day, int second) {
        if (isCalm(day)) {
            count = 1;
            instants[0] = calendar.start(day) + second;
            return;
        }
        count = 0;
        addShown(day, second, 0);
        addShown(second == 0 ? day - 1 : day, second == 0 ? Resolution.DAY_SECONDS - 1 : second - 1, 1);
    }

    private void addShown(int day, int second, int later) {
        int date = second == Resolution.DAY_SECONDS ? day + 1 : day;
        int secondOfDay = second == Resolution.DAY_SECONDS ? 0 : second;
        long first = calendar.instant(date, secondOfDay, false);
        if (first != Long.MIN_VALUE) {
            add(first + later);
            add(calendar.instant(date, secondOfDay, true) + later);
        }
    }

    private void add(long instant) {
        int at = count;
        while (at > 0 && instants[at - 1] >= instant) {
            at--;
        }
        if (at < count && instants[at] == instant) {
            return;
        }
        System.arraycopy(instants, at, instants, at + 1, count - at);
        instants[at] = instant;
        count++;
    }

    /** Whether neither this day nor the one before changes the clock. */
    private boolean isCalm(int day) {
        int slot = day & REMEMBERED - 1;
        if (days[slot] != day) {
            days[slot] = day;
            calm[slot] = !calendar.hasClockChange(day)
                    && !calendar.hasClockChange(day - 1)
                    && calendar.seconds(day) == Resolution.DAY_SECONDS;
        }
        return calm[slot];
    }

    /** The delivery day that holds an instant, or -1 if it is none that files may have. */
    int dayHolding(long instant) {
        if (heldDay >= 0 && instant >= heldFrom && instant < heldTo) {
            return heldDay;
        }
        if (instant < calendar.start(DayCalendar.FIRST_DAY) || instant >= calendar.start(DayCalendar.LAST_DAY + 1)) {
            return -1;
        }
        int day = calendar.dayOf(instant);
        // Where midnight itself is shown twice, the local date and the day's first instant disagree for a while.
        while (instant < calendar.start(day)) {
            day--;
        }
        while (instant >= calendar.start(day + 1)) {
            day++;
        }
        heldDay = day;
        heldFrom = calendar.start(day);
        heldTo = calendar.start(day + 1);
        return day;
    }
}
