package io.tallywatt.server.cli;

import io.tallywatt.collectors.simulator.Shape;
import io.tallywatt.collectors.simulator.SimulationSettings;
import io.tallywatt.core.time.Resolution;
import io.tallywatt.server.report.Text;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a simulated feed is like, and when it is sent. */
final class FeedArguments {
    private static final int FASTEST = 86_400;
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final Duration USUAL_LEAD = Duration.ofDays(1);

    @Option(
            names = "--sites",
            paramLabel = "N",
            description = "How many sites. Without it: ${DEFAULT-VALUE}. What a site sends does not depend on it.")
    private int sites = 20;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Length of an interval; an hour is a whole number of them. Without it: ${DEFAULT-VALUE}.")
    private Resolution every = new Resolution(300);

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same number, the same sites and values, to the byte. Without it: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "What a file is: object, array, ndjson, or mixed for some of each. Without it: mixed.")
    private Shape shape = Shape.MIXED;

    @Option(
            names = "--anomalies",
            paramLabel = "SHARE",
            description = "Share of the values that are anomalous, from 0 to 0.5. Without it: ${DEFAULT-VALUE}.")
    private String anomalies = "0.2";

    @Option(
            names = "--backfill",
            paramLabel = "DURATION",
            description = "Writes the history of so long (P30D) at once and ends: a file per site and day, or one per"
                    + " interval with --shape object. Nothing is late.")
    private @Nullable Duration backfill;

    @Option(names = "--once", description = "Writes the files of the latest interval and ends. Nothing is late.")
    private boolean once;

    @Option(names = "--for", paramLabel = "DURATION", description = "Ends after so long (PT10M), in the sites' time.")
    private @Nullable Duration lasting;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "The sites' time goes N times as fast: 60 is an hour a minute. It begins as long ago as --for"
                    + " says, else a day, and once it has caught up with the clock it goes with it.")
    private int speed = 1;

    /** Before anything else is done. */
    void check() {
        if (sites < 1 || sites > SimulationSettings.MOST_SITES) {
            throw invalid("--sites", "a number of sites from 1 to " + SimulationSettings.MOST_SITES, sites);
        }
        if (!SimulationSettings.isInterval(every)) {
            throw invalid("--every", "an interval of which an hour is a whole number, such as PT5M or PT1H", every);
        }
        if (speed < 1 || speed > FASTEST) {
            throw invalid("--speed", "a number from 1 to " + FASTEST, speed);
        }
        share();
        checkLength("--backfill", backfill);
        checkLength("--for", lasting);
        if ((backfill == null ? 0 : 1) + (once ? 1 : 0) + (lasting == null ? 0 : 1) > 1) {
            throw Stop.usage("Only one of --backfill, --once and --for can be given");
        }
        if (speed != 1 && (once || backfill != null)) {
            throw Stop.usage("--speed goes with neither --backfill nor --once: both write at once");
        }
    }

    private void checkLength(String option, @Nullable Duration length) {
        if (length != null && (length.toSeconds() < every.seconds() || length.compareTo(LONGEST) > 0)) {
            throw invalid(option, "a length of time from one interval, " + every + ", to ten years", length);
        }
    }

    private double share() {
        try {
            double share = new BigDecimal(anomalies).doubleValue();
            if (share >= 0 && share <= SimulationSettings.MOST_ANOMALIES) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw invalid("--anomalies", "a share from 0 to 0.5", anomalies);
        }
        throw invalid("--anomalies", "a share from 0 to 0.5", anomalies);
    }

    private static Stop invalid(String option, String expected, Object got) {
        return Stop.usage(
                "Invalid value for option '" + option + "': expected " + expected + ", but got '" + got + "'");
    }

    /** Beginning now. */
    FeedPlan plan(Clock clock) {
        Instant real = clock.instant();
        Instant latest = SimulationSettings.startOfInterval(real, every);
        if (backfill != null) {
            Instant from = SimulationSettings.startOfInterval(latest.minus(backfill), every);
            return new FeedPlan(as(SimulationSettings.history(sites, every, from, latest, seed)), null);
        }
        if (once) {
            Instant from = latest.minusSeconds(every.seconds());
            return new FeedPlan(
                    as(SimulationSettings.live(sites, every, from, latest, seed))
                            .withoutLate(),
                    null);
        }
        Duration lead = speed == 1 ? Duration.ZERO : lasting == null ? USUAL_LEAD : lasting;
        Instant begin = real.minus(lead);
        Instant from = SimulationSettings.startOfInterval(begin, every);
        Instant to = lasting == null ? null : SimulationSettings.startOfInterval(begin.plus(lasting), every);
        return new FeedPlan(
                as(SimulationSettings.live(sites, every, from, to, seed)), new FeedClock(clock, real, begin, speed));
    }

    private SimulationSettings as(SimulationSettings settings) {
        return settings.withShape(shape).withAnomalies(share());
    }

    /** What it is, for people. */
    String inWords() {
        return Text.count(sites, "site", "sites") + " every " + every + " (seed " + seed + ")";
    }
}
