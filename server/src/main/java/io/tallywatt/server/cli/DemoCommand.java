package io.tallywatt.server.cli;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.access.KeyText;
import io.tallywatt.core.access.Scope;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.access.FileKeys;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.demo.DemoFeed;
import io.tallywatt.server.demo.RecordedFlows;
import io.tallywatt.server.demo.SimulatedMeters;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A server on data that is made up, for trying things out. */
@Command(
        name = "demo",
        description =
                "Serves simulated data of 200 meters, a house and some sites, and recorded flows through the cables between"
                        + " countries, out of a folder that is thrown away at the end. Your own data is not touched.")
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ServerArguments server = new ServerArguments();

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        server.checkPort();
        Path folder = Files.createTempDirectory("tallywatt-demo-");
        try {
            // Whatever states no zone is of where the simulated town is.
            Files.writeString(folder.resolve(Settings.FILE), "tallywatt.zone=" + SimulatedMeters.ZONE + "\n");
            session.dataFolder(folder);
            @Nullable KeyText key = server.asksForKeys() ? key(folder) : null;
            LivePower power = new LivePower();
            try (Stores.Open store = session.openToServe();
                    Followers followers = Followers.ofSimulated(session, store);
                    DemoFeed feed = feed(store, power, followers::arrived)) {
                fill(store, folder);
                feed.fill();
                server.serveSimulated(
                        session,
                        store,
                        power,
                        DemoCommand::origin,
                        address -> {
                            followers.start();
                            feed.start();
                            invite(address, key);
                        },
                        followers::arrived,
                        ServeCommand.inOrder(feed::close, followers::close),
                        () -> remove(folder));
            }
        } finally {
            remove(folder);
        }
        return ExitCode.DONE;
    }

    private static String origin(String kind) {
        return kind.equals(Border.KIND) ? RecordedFlows.ORIGIN : "simulated";
    }

    private DemoFeed feed(Stores.Open store, LivePower power, Runnable arrived) {
        System.Logger log = System.getLogger("io.tallywatt.demo");
        return new DemoFeed(
                store.blocks(),
                new Ingest(store.blocks(), store.ledger(), session.quarantine(), attempt -> {}, WireFormats.ALL),
                ReadingOptions.in(SimulatedMeters.ZONE),
                power,
                session.surroundings().clock(),
                arrived,
                line -> log.log(System.Logger.Level.WARNING, line));
    }

    /** One for this run: the folder is thrown away, and the key with it. */
    private KeyText key(Path folder) {
        return new FileKeys(folder)
                .make("demo", Scope.WRITE, session.surroundings().clock().instant());
    }

    private void fill(Stores.Open store, Path folder) throws IOException {
        Ingest ingest = new Ingest(store.blocks(), store.ledger(), session.quarantine(), attempt -> {});
        ReadingOptions options = ReadingOptions.in(SimulatedMeters.ZONE);
        for (Path file : SimulatedMeters.write(folder)) {
            String name = file.getFileName().toString();
            try (Documents documents =
                    Documents.of(name, file, session.surroundings().clock().instant())) {
                for (Document document : documents.list()) {
                    ingest.take(document, options, Progress.NONE);
                }
            }
        }
        store.blocks()
                .take(RecordedFlows.of(
                        session.settings().grid(),
                        session.surroundings().clock().instant()));
    }

    private void invite(URI address, @Nullable KeyText key) {
        String meter =
                "/api/v1/series/meter/" + SimulatedMeters.meter(SimulatedMeters.CORRECTED_METER) + "/consumption";
        PrintStream err = session.surroundings().err();
        err.println("Tallywatt demo: simulated data of " + SimulatedMeters.METERS + " meters, " + SimulatedMeters.FIRST
                + " to " + SimulatedMeters.AFTER_LAST.minusDays(1));
        err.println("  " + address + "  (Ctrl-C stops it and throws the data away)");
        if (key != null) {
            err.println("  with each: -H 'Authorization: Bearer " + key.text() + "'");
        }
        err.println();
        err.println("Open it in a browser. Four things to try besides:");
        err.println("  1. The day on which the clocks went back, exact, with what it stands on");
        err.println("     curl '" + address + "/api/v1/consumption/total/" + SimulatedMeters.CLOCK_CHANGE + "'");
        err.println("  2. Which file and line a corrected day comes from");
        err.println("     curl '" + address + meter + "/explain/" + SimulatedMeters.CORRECTED + "'");
        err.println("  3. Four days of a meter as a picture, for a browser");
        err.println("     " + address + meter + "/readings?from=" + SimulatedMeters.CLOCK_CHANGE.minusDays(1) + "&to="
                + SimulatedMeters.CLOCK_CHANGE.plusDays(3) + "&format=png");
        err.println("  4. What flowed through the cables to Great Britain (" + RecordedFlows.ORIGIN + ")");
        err.println("     curl '" + address + "/api/v1/flows/latest'");
        err.println("     " + address + "/api/v1/flows?from=" + RecordedFlows.DAY + "&to="
                + RecordedFlows.DAY.plusDays(1) + "&format=png");
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw Stop.cannotRun("The demo's folder " + folder + " could not be removed: " + Failures.inWords(e));
        }
    }
}
