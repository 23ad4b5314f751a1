package io.tallywatt.lambda;

import java.time.Duration;
import java.util.List;

/** What is said of times that were measured several times. */
public final class Medians {
    private Medians() {}

    public static Duration of(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    /** In milliseconds, for print. */
    public static double millis(List<Duration> all) {
        return of(all).toNanos() / 1e6;
    }
}
