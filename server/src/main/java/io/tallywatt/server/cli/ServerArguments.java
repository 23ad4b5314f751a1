package io.tallywatt.server.cli;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.server.http.HttpServer;
import io.tallywatt.server.http.Serving;
import java.net.BindException;
import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens, and how it is run. */
final class ServerArguments {
    private static final int USUAL_PORT = 8080;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 for any that is free. Without it: " + USUAL_PORT + ".")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Without it: ${DEFAULT-VALUE}, which only this machine reaches; whoever"
                    + " reaches another has all of the data.")
    private String host = "127.0.0.1";

    /** Before anything else is done. */
    void check() {
        if (port != null && (port < 0 || port > 65_535)) {
            throw Stop.usage(
                    "Invalid value for option '--port': expected a port from 0 to 65535, but got '" + port + "'");
        }
        HttpServer.prepare();
    }

    boolean portStated() {
        return port != null;
    }

    /**
     * Serves until the process is told to end. The store is closed by then.
     *
     * @param anyPort whether another port is as good where the usual one is taken
     */
    void serve(Session session, Stores.Open store, boolean simulated, boolean anyPort, Consumer<URI> ready) {
        Settings settings = session.settings();
        ReadingOptions options = settings.options();
        Surroundings outside = session.surroundings();
        int wanted = Objects.requireNonNullElse(port, USUAL_PORT);
        try {
            HttpServer.run(new Serving(
                    store.blocks(),
                    store.ledger(),
                    session.dataFolder(),
                    options,
                    outside.freeSpace(),
                    outside.clock(),
                    host,
                    anyPort && !HttpServer.isFree(host, wanted) ? 0 : wanted,
                    settings.hosts(),
                    simulated,
                    ready,
                    store::close));
        } catch (HttpServer.NotServing e) {
            throw Stop.cannotRun(why(e.getCause(), wanted));
        }
    }

    private String why(@Nullable Throwable failure, int wanted) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BindException) {
                return String.valueOf(t.getMessage()).contains("in use")
                        ? "Port " + wanted + " of " + host
                                + " is in use; choose another by --port, or 0 for any that is free"
                        : "Cannot listen on " + host + " port " + wanted + ": " + t.getMessage();
            }
        }
        return "The server did not start: " + failure;
    }
}
