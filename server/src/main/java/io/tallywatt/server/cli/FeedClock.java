package io.tallywatt.server.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of a simulated feed: begins at an instant of the past and goes so many times as fast as the clock until it has
 * caught up with it, then with it. So nothing is ever stamped in the future.
 */
final class FeedClock {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Clock clock;
    private final Instant started;
    private final Instant begin;
    private final int speed;

    /**
     * Starts it.
     *
     * @param started what the clock says now
     * @param begin what the feed's time is now, not later than that
     */
    FeedClock(Clock clock, Instant started, Instant begin, int speed) {
        this.clock = clock;
        this.started = started;
        this.begin = begin;
        this.speed = speed;
    }

    Instant now() {
        Instant real = clock.instant();
        Instant sped = sped(real);
        return sped.isBefore(real) ? sped : real;
    }

    /** How long to wait before looking again, for an instant that is yet to come: the clock may be put right meanwhile. */
    Duration towards(Instant due) {
        Instant real = clock.instant();
        Instant sped = sped(real);
        Duration left =
                sped.isBefore(real) ? Duration.between(sped, due).dividedBy(speed) : Duration.between(real, due);
        return left.compareTo(LONGEST) > 0 ? LONGEST : left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    private Instant sped(Instant real) {
        return begin.plus(Duration.between(started, real).multipliedBy(speed));
    }
}
