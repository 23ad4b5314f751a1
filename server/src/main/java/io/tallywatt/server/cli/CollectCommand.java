package io.tallywatt.server.cli;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.api.wire.Values;
import io.tallywatt.collectors.tibber.TibberApi;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import io.tallywatt.server.collect.CollectSettings.Chosen;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a source outside. */
@Command(
        name = "collect",
        description = {
            "Asks a source outside for what it publishes, and keeps its replies.",
            "entsoe: flows, schedules and day-ahead prices of the ENTSO-E Transparency Platform; needs a token"
                    + " (TALLYWATT_ENTSOE_TOKEN). elexon: what flows through each cable of Great Britain; needs none."
                    + " tibber: a home's live measurements, history and prices; needs a token (TALLYWATT_TIBBER_TOKEN).",
            "Without --once, --from or --replay it asks on the source's schedule until it is stopped, as serve does by"
                    + " itself."
        })
final class CollectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SOURCE", description = "entsoe, elexon or tibber.")
    private String name = "";

    @ArgGroup
    private @Nullable What what;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "End of the range, the first date (or instant) that is not asked for. Without it: now.")
    private @Nullable String to;

    /** What is asked for: one of these. */
    static final class What {
        @Option(
                names = "--once",
                description =
                        "Ask once for the last day and end: for a schedule of your own. tibber: take one measurement.")
        private boolean once;

        @Option(
                names = "--from",
                paramLabel = "DATE",
                description =
                        "Fetch everything from a date (in UTC) or instant on, in pieces that the source bears. Stopped"
                                + " and given again, it goes on where it was.")
        private @Nullable String from;

        @Option(
                names = "--replay",
                description = "Ask nobody: read all replies that are kept once more, as they are read by now.")
        private boolean replay;
    }

    CollectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean asking = what == null || !what.replay;
        Chosen chosen = session.settings().source(name, session.surroundings().clock(), asking);
        @Nullable String from = what == null ? null : what.from;
        if (to != null && from == null) {
            throw Stop.usage("--to ends a range that --from begins: give both");
        }
        if (what == null) {
            return goOn(chosen);
        }
        try (Stores.Open store = session.openOrCreate();
                Output out = session.answer()) {
            TibberApi live = chosen.live();
            if (what.once && live != null) {
                return new LiveOnce(session, store, live, out).run();
            }
            CollectRun run = new CollectRun(session, store, chosen, out, from != null);
            if (what.once) {
                return run.once();
            }
            if (what.replay) {
                return run.replay();
            }
            return run.range(range(Objects.requireNonNull(from)));
        }
    }

    private Interval range(String from) {
        Instant now = session.surroundings().clock().instant().truncatedTo(ChronoUnit.MINUTES);
        Instant start = instant("--from", from);
        @Nullable String stated = to;
        Instant end = stated == null ? now : instant("--to", stated);
        if (!start.isBefore(end)) {
            throw Stop.usage("Invalid value for option '" + (stated == null ? "--from" : "--to")
                    + "': expected a range that ends after it begins, but got " + start + " to " + end);
        }
        return new Interval(start, end);
    }

    private static Instant instant(String option, String text) {
        try {
            Moment moment = Values.moment(text);
            return moment.in(Values.UTC);
        } catch (Values.Unexpected e) {
            throw Stop.usage("Invalid value for option '" + option + "': " + e.getMessage());
        }
    }

    /** Until somebody ends the program. */
    private Integer goOn(Chosen chosen) throws InterruptedException {
        PrintStream err = session.surroundings().err();
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Stores.Open store = session.openToServe();
                Collectors collectors =
                        new Collectors(session, store, List.of(chosen), new LivePower(), () -> {}, this::tell)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                ended.countDown();
                                waitFor(closed);
                            },
                            "collect"));
            err.println("Collects " + chosen.inWords() + " into " + session.dataFolder());
            err.println("  (Ctrl-C stops it)");
            collectors.start();
            ended.await();
        } finally {
            closed.countDown();
        }
        return ExitCode.DONE;
    }

    private void tell(String line) {
        Surroundings outside = session.surroundings();
        outside.err().println(outside.clock().instant().truncatedTo(ChronoUnit.SECONDS) + "  " + Text.clean(line));
        outside.err().flush();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
