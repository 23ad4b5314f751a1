package io.tallywatt.server.cli;

import io.tallywatt.collectors.simulator.SimulationSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be simulated, and in which time.
 *
 * @param clock the sites' time; null if all is written at once
 */
record FeedPlan(SimulationSettings settings, @Nullable FeedClock clock) {

    /** The sites' time: what is due later has not come yet. */
    Instant now() {
        return clock == null ? end() : clock.now();
    }

    /** When the feed ends; far away where it has no end. */
    Instant end() {
        Instant to = settings.to();
        return to == null ? Instant.MAX : to;
    }
}
