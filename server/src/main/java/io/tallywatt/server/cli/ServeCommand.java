package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.server.http.HttpServer;
import io.tallywatt.server.http.Serving;
import java.net.BindException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the data over HTTP. */
@Command(
        name = "serve",
        description =
                "Answers over HTTP until it is stopped by Ctrl-C or a signal. Other commands on the same data folder work"
                        + " through it meanwhile.")
final class ServeCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (${DEFAULT-VALUE}); 0 for any that is free.")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on (${DEFAULT-VALUE}: this machine alone). Whoever reaches another has all of the data.")
    private String host = "127.0.0.1";

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw Stop.usage(
                    "Invalid value for option '--port': expected a port from 0 to 65535, but got '" + port + "'");
        }
        HttpServer.prepare();
        Stores.Open store = session.openOrCreate();
        try (store) {
            return serve(store, false, address -> {
                session.surroundings()
                        .err()
                        .println("Tallywatt serves "
                                + session.dataFolder().toAbsolutePath().normalize());
                session.surroundings().err().println("  " + address + "  (Ctrl-C stops it)");
            });
        }
    }

    private Integer serve(Stores.Open store, boolean simulated, java.util.function.Consumer<URI> ready) {
        Settings settings = session.settings();
        ReadingOptions options = new ReadingOptions(
                settings.zone().orElse(Values.UTC),
                settings.zone().isPresent(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                settings.plausibleKw());
        Surroundings outside = session.surroundings();
        try {
            HttpServer.run(new Serving(
                    store.blocks(),
                    store.ledger(),
                    session.dataFolder(),
                    options,
                    outside.freeSpace(),
                    outside.clock(),
                    host,
                    port,
                    Set.of(),
                    simulated,
                    ready,
                    store::close));
            return ExitCode.DONE;
        } catch (HttpServer.NotServing e) {
            throw Stop.cannotRun(why(e.getCause()));
        }
    }

    private String why(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BindException) {
                return String.valueOf(t.getMessage()).contains("in use")
                        ? "Port " + port + " of " + host
                                + " is in use; choose another by --port, or 0 for any that is free"
                        : "Cannot listen on " + host + " port " + port + ": " + t.getMessage();
            }
        }
        return "The server did not start: " + failure;
    }
}
