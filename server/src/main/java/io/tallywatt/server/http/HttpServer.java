package io.tallywatt.server.http;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tallywatt.api.Backend;
import io.tallywatt.api.live.Live;
import io.tallywatt.core.access.Access;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Starts the HTTP server, and makes the beans that the API needs of what it is to serve. */
public final class HttpServer implements QuarkusApplication {
    /** Quarkus makes its beans itself; what they are made of reaches them by this. */
    private static volatile @Nullable Serving current;

    private final io.quarkus.vertx.http.HttpServer http;
    private final Stopping stopping;
    private final Live live;

    @Inject
    HttpServer(io.quarkus.vertx.http.HttpServer http, Stopping stopping, Live live) {
        this.http = http;
        this.stopping = stopping;
        this.live = live;
    }

    /** Whether the server has been told to end. */
    @Singleton
    static class Stopping {
        private volatile boolean begun;

        void check(RoutingContext context) {
            if (begun) {
                Refusal.send(context, 503, "Stopping", "The server is being stopped; try again in a moment");
            } else {
                context.next();
            }
        }
    }

    /** Why a server did not start, or ended badly. */
    public static final class NotServing extends Exception {
        private static final long serialVersionUID = 1L;

        NotServing(Throwable cause) {
            super(cause);
        }
    }

    /** Whether nobody else listens there now. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Serves until the process is told to end. */
    public static void run(Serving serving) throws NotServing {
        current = serving;
        System.setProperty("quarkus.http.host", serving.host());
        System.setProperty("quarkus.http.port", Integer.toString(serving.port()));
        Throwable[] failure = new Throwable[1];
        Quarkus.run(HttpServer.class, (code, e) -> failure[0] = e);
        if (failure[0] != null) {
            throw new NotServing(failure[0]);
        }
    }

    static Serving serving() {
        return Objects.requireNonNull(current, "HttpServer.run was not called");
    }

    @Override
    public int run(String... args) {
        URI local = http.getLocalBaseUri();
        serving().ready().accept(local);
        Quarkus.waitForExit();
        // What is under way now is answered; Quarkus waits for that, but would take new requests meanwhile.
        stopping.begun = true;
        // These would never come to an end by themselves.
        live.close();
        serving().power().close();
        return 0;
    }

    /** The beans. */
    @Singleton
    static class Beans {
        private static final int ASKING = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

        private final ExecutorService asking = Executors.newFixedThreadPool(
                ASKING, Thread.ofPlatform().name("ask-", 1).factory());
        private final ExecutorService taking = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("take").factory());

        @Produces
        @Singleton
        @Unremovable
        Backend backend() {
            try {
                return new LocalBackend(serving(), new LocalReception(serving(), taking), asking);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Produces
        @Singleton
        Access access() {
            return serving().access();
        }

        /** Before everything else that is done with a request. */
        void filters(@Observes Filters filters, Stopping stopping) {
            Callers callers = new Callers(serving().host(), serving().names());
            filters.register(Refusal::endConnection, 1100);
            filters.register(callers::check, 1000);
            filters.register(stopping::check, 950);
            @Nullable UnaryOperator<String> origin = serving().origin();
            if (origin != null) {
                filters.register(
                        context -> {
                            context.response()
                                    .putHeader("Tallywatt-Data", origin.apply(Origins.kind(context.normalizedPath())));
                            context.next();
                        },
                        900);
            }
        }

        /** The page. */
        void routes(@Observes Router router) {
            try {
                Dashboard.load().routes(router);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Requests that were under way have had their answers by now. */
        void ending(@Observes ShutdownEvent event) {
            taking.shutdown();
            asking.shutdown();
            serving().ending().run();
        }
    }
}
