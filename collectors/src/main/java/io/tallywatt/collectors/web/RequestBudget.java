package io.tallywatt.collectors.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so many requests within any stretch of time, whoever makes them: one budget is shared by all threads that ask the
 * same source. Whoever comes first goes first.
 */
public final class RequestBudget {
    /** Where a budget has the time from; tests have their own. */
    public interface Time {
        /** Nanoseconds of a clock that is never put back. */
        long nanos();

        void pause(Duration duration) throws InterruptedException;
    }

    /** The machine's. */
    public static final Time REAL = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    private final int most;
    private final long withinNanos;
    private final Time time;
    /** When the last requests may go, or went, in that order. At most {@code most}. */
    private final Deque<Long> turns = new ArrayDeque<>();

    public RequestBudget(int most, Duration within) {
        this(most, within, REAL);
    }

    public RequestBudget(int most, Duration within, Time time) {
        if (most < 1 || !within.isPositive()) {
            throw new IllegalArgumentException(
                    "A budget allows at least one request within some time, but got " + most + " within " + within);
        }
        this.most = most;
        this.withinNanos = within.toNanos();
        this.time = time;
    }

    /** At most so many a minute. */
    public static RequestBudget perMinute(int most) {
        return new RequestBudget(most, Duration.ofMinutes(1));
    }

    /** Waits for this request's turn. A turn that is given up by an interruption counts all the same. */
    public void await() throws InterruptedException {
        long turn = turn();
        for (long left = turn - time.nanos(); left > 0; left = turn - time.nanos()) {
            time.pause(Duration.ofNanos(left));
        }
    }

    private synchronized long turn() {
        long now = time.nanos();
        long turn = now;
        if (turns.size() == most) {
            // The clock's zero is anywhere: times are compared by their difference.
            long free = turns.removeFirst() + withinNanos;
            turn = free - now > 0 ? free : now;
        }
        turns.addLast(turn);
        return turn;
    }
}
