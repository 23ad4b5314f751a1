package io.tallywatt.server.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves the data over HTTP. */
@Command(
        name = "serve",
        description =
                "Answers over HTTP until it is stopped, by Ctrl-C or a signal. Other commands on the same data folder"
                        + " work through it meanwhile.")
final class ServeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ServerArguments server = new ServerArguments();

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        server.check();
        try (Stores.Open store = session.openToServe()) {
            PrintStream err = session.surroundings().err();
            server.serve(
                    session,
                    store,
                    address -> {
                        err.println("Tallywatt serves " + session.dataFolder());
                        err.println("  " + address + "  (Ctrl-C stops it)");
                    },
                    () -> {});
        }
        return ExitCode.DONE;
    }
}
