package io.tallywatt.server.cli;

import io.tallywatt.collectors.simulator.FeedFolder;
import io.tallywatt.collectors.simulator.Simulation;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends files as the sites of a company would that does not exist. Needs no data folder. */
@Command(
        name = "simulate",
        description = {
            "Writes files as a company's solar and wind sites would send them.",
            "One comes per site and interval, with site_id, timestamp (the start of the interval),"
                    + " energy_generated_kwh and energy_consumed_kwh. It goes on until it is stopped, by Ctrl-C or a"
                    + " signal.",
            "A part of the values is anomalous: negative, spike, stuck, missing, late, duplicate or conflict. A file"
                    + " beside the folder says which, in a line of JSON each."
        })
final class SimulateCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--into",
            required = true,
            paramLabel = "DIR",
            description = "The folder; made if there is none. A file appears in it once it is whole.")
    private Path into = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Where it is said which values are anomalous; added to if it is there. Without it:"
                    + " DIR-labels.ndjson, beside DIR.")
    private @Nullable Path labels;

    @Mixin
    private FeedArguments feed = new FeedArguments();

    SimulateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        feed.check();
        Path folder = session.surroundings().workingFolder().resolve(into).normalize();
        Path labelFile = labelFile(folder);
        FeedPlan plan = feed.plan(session.surroundings().clock());
        FeedFolder out = open(folder, labelFile);
        PrintStream err = session.surroundings().err();
        err.println("Simulated feed of " + feed.inWords() + " into " + into);
        err.println("  what is anomalous: " + labelFile);
        if (plan.end().equals(Instant.MAX)) {
            err.println("  (Ctrl-C stops it)");
        }
        FeedProgress progress = new FeedProgress(err, session.surroundings().columns(), System::nanoTime);
        FeedRun run = new FeedRun(Simulation.of(plan.settings()).run(), out, progress, plan::now);
        Thread atExit = new Thread(() -> end(run), "simulate");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
            send(run, plan);
        } catch (IOException e) {
            throw Stop.cannotRun(into + " cannot be written to: " + Failures.inWords(e));
        } finally {
            end(run);
            forget(atExit);
        }
        return ExitCode.DONE;
    }

    private void send(FeedRun run, FeedPlan plan) throws IOException {
        FeedClock clock = plan.clock();
        for (Instant due = run.due(); due != null; due = run.due()) {
            // Written at once, all of it is; as time goes by, only what is due before the end.
            if (clock != null && (due.isAfter(plan.end()) || !waited(run, clock, due))) {
                return;
            }
            run.take();
        }
    }

    /** @return false if somebody wants this to end */
    private boolean waited(FeedRun run, FeedClock clock, Instant due) {
        while (clock.now().isBefore(due)) {
            run.show();
            try {
                session.surroundings().pause().pause(clock.towards(due));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** By whoever comes first: the command when it is done, or the program when it is interrupted. */
    private void end(FeedRun run) {
        PrintStream err = session.surroundings().err();
        try {
            if (run.end()) {
                err.println("Wrote " + Text.count(run.files(), "file", "files") + " and "
                        + Text.count(run.labels(), "label", "labels"));
                err.flush();
            }
        } catch (IOException e) {
            err.println("tallywatt: not all labels could be written: " + Failures.inWords(e));
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The program ends already.
        }
    }

    /** Never in the folder itself, where it would be taken for a site's. */
    private Path labelFile(Path folder) {
        if (labels == null) {
            Path name = folder.getFileName();
            if (name == null) {
                throw Stop.usage(
                        "There is no place beside " + into + " for what is anomalous: name a file by --labels");
            }
            return folder.resolveSibling(name + "-labels.ndjson");
        }
        Path file = session.surroundings().workingFolder().resolve(labels).normalize();
        if (file.startsWith(folder)) {
            throw Stop.usage("Invalid value for option '--labels': expected a file outside of " + into
                    + ", where it would be taken for a site's, but got '" + labels + "'");
        }
        return file;
    }

    private FeedFolder open(Path folder, Path labelFile) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw Stop.usage("Invalid value for option '--into': expected a folder, but " + into + " is a file");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Stop.cannotRun("The folder " + into + " cannot be made: " + Failures.inWords(e));
        }
        try {
            return FeedFolder.open(folder, labelFile);
        } catch (IOException e) {
            throw Stop.cannotRun(labelFile + " cannot be written: " + Failures.inWords(e));
        }
    }
}
