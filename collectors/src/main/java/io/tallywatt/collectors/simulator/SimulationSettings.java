package io.tallywatt.collectors.simulator;

import io.tallywatt.core.time.Resolution;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated.
 *
 * @param sites how many, named site1, site2, ...
 * @param every length of an interval; an hour is a whole number of them
 * @param from start of the first interval, which start on whole multiples of their length in UTC
 * @param to end of the last interval, null for a feed without end
 * @param seed the same seed, the same sites and values
 * @param anomalies share of the values that are anomalous
 * @param late whether some files come late; not with a file a day
 */
public record SimulationSettings(
        int sites,
        Resolution every,
        Instant from,
        @Nullable Instant to,
        long seed,
        double anomalies,
        Shape shape,
        Packing packing,
        boolean late) {
    public static final int MOST_SITES = 10_000;
    public static final double USUAL_ANOMALIES = 0.2;
    public static final double MOST_ANOMALIES = 0.5;
    private static final int HOUR_SECONDS = 3600;

    public SimulationSettings {
        Objects.requireNonNull(shape);
        require(sites >= 1 && sites <= MOST_SITES, "a number of sites from 1 to " + MOST_SITES, sites);
        require(isInterval(every), "an interval of which an hour is a whole number", every);
        require(anomalies >= 0 && anomalies <= MOST_ANOMALIES, "a share from 0 to " + MOST_ANOMALIES, anomalies);
        require(from.equals(startOfInterval(from, every)), "the start of an interval of " + every, from);
        if (to != null) {
            require(
                    to.equals(startOfInterval(to, every)) && to.isAfter(from),
                    "an end of an interval after " + from,
                    to);
        }
        if (packing == Packing.DAY) {
            require(shape != Shape.OBJECT, "a shape that holds a day's records", shape);
            require(to != null, "an end where there is a file a day", "none");
            require(!late, "no late files where there is one a day", "some");
        }
    }

    /** A feed as it comes: a file per site and interval, some of them late, in mixed shapes, a fifth of values anomalous. */
    public static SimulationSettings live(int sites, Resolution every, Instant from, @Nullable Instant to, long seed) {
        return new SimulationSettings(
                sites, every, from, to, seed, USUAL_ANOMALIES, Shape.MIXED, Packing.INTERVAL, true);
    }

    /** What was, written at once: a file per site and day, a fifth of values anomalous. */
    public static SimulationSettings history(int sites, Resolution every, Instant from, Instant to, long seed) {
        return new SimulationSettings(sites, every, from, to, seed, USUAL_ANOMALIES, Shape.MIXED, Packing.DAY, false);
    }

    /** The same in files of another shape. One record per object: then there is a file per interval. */
    public SimulationSettings withShape(Shape other) {
        Packing fitting = other == Shape.OBJECT ? Packing.INTERVAL : packing;
        return new SimulationSettings(sites, every, from, to, seed, anomalies, other, fitting, late);
    }

    public SimulationSettings withAnomalies(double share) {
        return new SimulationSettings(sites, every, from, to, seed, share, shape, packing, late);
    }

    /** The same with every file on time. */
    public SimulationSettings withoutLate() {
        return new SimulationSettings(sites, every, from, to, seed, anomalies, shape, packing, false);
    }

    /** Whether sites can send at such intervals: an hour is a whole number of them. */
    public static boolean isInterval(Resolution every) {
        return HOUR_SECONDS % every.seconds() == 0;
    }

    /** The start of the interval that an instant is in. */
    public static Instant startOfInterval(Instant instant, Resolution every) {
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), every.seconds()) * (long) every.seconds());
    }

    /** Intervals are numbered through since 1970. */
    long slot(Instant start) {
        return Math.floorDiv(start.getEpochSecond(), (long) every.seconds());
    }

    Instant start(long slot) {
        return Instant.ofEpochSecond(startSecond(slot));
    }

    long startSecond(long slot) {
        return slot * every.seconds();
    }

    long firstSlot() {
        return slot(from);
    }

    /** The slot after the last. */
    long endSlot() {
        return to == null ? Long.MAX_VALUE : slot(to);
    }

    private static void require(boolean right, String expected, Object got) {
        if (!right) {
            throw new IllegalArgumentException("Expected " + expected + ", but got " + got);
        }
    }
}
