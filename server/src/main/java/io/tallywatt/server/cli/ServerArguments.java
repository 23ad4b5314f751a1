package io.tallywatt.server.cli;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.access.Access;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.server.access.FileKeys;
import io.tallywatt.server.http.HttpServer;
import io.tallywatt.server.http.Serving;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
            description =
                    "Address to listen on. Without it: ${DEFAULT-VALUE}, which only this machine reaches; on another,"
                            + " every request needs an API key (tallywatt keys).")
    private String host = "127.0.0.1";

    @Option(names = "--need-keys", description = "Every request needs an API key, even from this machine.")
    private boolean needKeys;

    /** Before anything else is done: wrong usage is said before data is opened, or made. */
    void check(Session session) {
        checkPort();
        session.settings().publicRead();
        if (asksForKeys() && !new FileKeys(session.dataFolder()).hasAny()) {
            throw Stop.usage(
                    (needKeys ? "--need-keys" : "Others than this machine reach " + host + ", so it")
                            + " takes an API key, and there is none yet. Make one: tallywatt keys create NAME --scope read|write|admin");
        }
    }

    /** Whether a request has to come with a key. */
    boolean asksForKeys() {
        return needKeys || !isLoopback();
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // It cannot be listened on either, which is said then.
            return false;
        }
    }

    private Access access(Session session) {
        return asksForKeys()
                // The file is at hand, so there is nothing to remember: a key that is revoked ends at once.
                ? Access.byKeys(
                        new FileKeys(session.dataFolder()),
                        session.settings().publicRead(),
                        session.surroundings().clock(),
                        Duration.ZERO)
                : Access.open();
    }

    void checkPort() {
        if (port != null && (port < 0 || port > 65_535)) {
            throw Stop.usage(
                    "Invalid value for option '--port': expected a port from 0 to 65535, but got '" + port + "'");
        }
    }

    /**
     * Serves until the process is told to end. The store is closed by then.
     *
     * @param power what homes draw now
     * @param ready told where
     * @param arrived told after something was taken in
     * @param ending called before the store is closed
     * @param ended called after that, while the process still waits
     */
    void serve(
            Session session,
            Stores.Open store,
            LivePower power,
            Consumer<URI> ready,
            Runnable arrived,
            Runnable ending,
            Runnable ended) {
        serve(session, store, power, null, Objects.requireNonNullElse(port, USUAL_PORT), ready, arrived, ending, ended);
    }

    /**
     * The same for data that is made up, or old; where nobody named a port, another is as good as the usual one.
     *
     * @param power what homes draw now
     * @param origin what it is, by the kind of series
     */
    void serveSimulated(
            Session session,
            Stores.Open store,
            LivePower power,
            UnaryOperator<String> origin,
            Consumer<URI> ready,
            Runnable arrived,
            Runnable ending,
            Runnable ended) {
        int wanted = Objects.requireNonNullElse(port, USUAL_PORT);
        int free = port != null || HttpServer.isFree(host, wanted) ? wanted : 0;
        serve(session, store, power, origin, free, ready, arrived, ending, ended);
    }

    private void serve(
            Session session,
            Stores.Open store,
            LivePower power,
            @Nullable UnaryOperator<String> origin,
            int wanted,
            Consumer<URI> ready,
            Runnable arrived,
            Runnable ending,
            Runnable ended) {
        Settings settings = session.settings();
        Surroundings outside = session.surroundings();
        AtomicReference<Elsewhere.@Nullable Welcome> welcome = new AtomicReference<>();
        try {
            HttpServer.run(new Serving(
                    store.blocks(),
                    store.ledger(),
                    store.following(),
                    store.findings(),
                    store.groups(),
                    power,
                    session.dataFolder(),
                    settings.options(),
                    settings.grid(),
                    outside.freeSpace(),
                    outside.clock(),
                    host,
                    wanted,
                    settings.hosts(),
                    access(session),
                    origin,
                    arrived,
                    address -> {
                        welcome.set(welcome(session, store, address));
                        ready.accept(address);
                        warn(outside);
                    },
                    () -> {
                        ending.run();
                        Elsewhere.@Nullable Welcome open = welcome.get();
                        if (open != null) {
                            open.close();
                        }
                        store.close();
                        ended.run();
                    }));
        } catch (HttpServer.NotServing e) {
            throw Stop.cannotRun(why(e.getCause(), wanted));
        }
    }

    private static Elsewhere.Welcome welcome(Session session, Stores.Open store, URI address) {
        Surroundings here = session.surroundings();
        try {
            return here.elsewhere().welcome(session.dataFolder(), store, here, address);
        } catch (IOException e) {
            here.err()
                    .println("tallywatt: other commands cannot use this data folder while it is served: "
                            + Failures.inWords(e));
            return () -> {};
        }
    }

    private void warn(Surroundings outside) {
        if (asksForKeys()) {
            outside.err().println("  every request needs an API key: -H 'Authorization: Bearer KEY'");
            if (!isLoopback()) {
                outside.err()
                        .println(
                                "  keys and readings travel as they are: put HTTPS in front of it where others share the network");
            }
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
