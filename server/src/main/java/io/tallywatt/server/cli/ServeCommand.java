package io.tallywatt.server.cli;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.server.collect.CollectSettings;
import io.tallywatt.server.inbox.Inbox;
import io.tallywatt.server.inbox.InboxSettings;
import io.tallywatt.server.inbox.Receiving;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the data over HTTP. */
@Command(
        name = "serve",
        description =
                "Answers over HTTP, and takes what is put into the inbox, until it is stopped, by Ctrl-C or a signal. Other"
                        + " commands on the same data folder work through it meanwhile.")
final class ServeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ServerArguments server = new ServerArguments();

    @Option(
            names = "--inbox",
            paramLabel = "DIR",
            description =
                    "Folder whose files are taken in as they come. Without it: the setting tallywatt.inbox, else inbox"
                            + " in the data folder.")
    private @Nullable Path inbox;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        server.check(session);
        CollectSettings collecting =
                session.settings().collecting(session.surroundings().clock());
        LivePower power = new LivePower();
        try (Stores.Open store = session.openToServe();
                Followers followers = Followers.of(session, store);
                Collectors collectors = new Collectors(
                        session, store, collecting.sources(), power, followers::arrived, Collectors.serverLog());
                Inbox watched = inbox(store, followers::arrived)) {
            PrintStream err = session.surroundings().err();
            server.serve(
                    session,
                    store,
                    power,
                    address -> {
                        err.println("Tallywatt serves " + session.dataFolder());
                        err.println("  " + address + "  (Ctrl-C stops it)");
                        err.println("  takes what is put into " + watched.folder());
                        err.println("  asks " + collecting.inWords());
                        followers.start();
                        watched.start();
                        collectors.start();
                    },
                    followers::arrived,
                    inOrder(collectors::close, watched::close, followers::close),
                    () -> {});
        }
        return ExitCode.DONE;
    }

    static Runnable inOrder(Runnable... all) {
        return () -> List.of(all).forEach(Runnable::run);
    }

    private Inbox inbox(Stores.Open store, Runnable tookSome) {
        Settings settings = session.settings();
        Surroundings outside = session.surroundings();
        Path folder = inbox == null ? settings.inbox() : outside.workingFolder().resolve(inbox);
        try {
            return Inbox.open(
                    new InboxSettings(folder.normalize(), settings.inboxQuiet(), settings.inboxSameName()),
                    new Receiving(
                            store.blocks(),
                            store.ledger(),
                            session.dataFolder(),
                            settings.options(),
                            outside.freeSpace(),
                            outside.clock()),
                    System.getLogger("io.tallywatt.inbox"),
                    tookSome);
        } catch (IOException e) {
            throw Stop.cannotRun("The folder " + folder + " cannot be the inbox: " + Failures.inWords(e));
        }
    }
}
