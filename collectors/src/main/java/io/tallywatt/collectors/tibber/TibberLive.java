package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.collectors.tibber.TibberApi.Asked;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a home's {@code liveMeasurement}, for as long as it takes: asks where before every connection, subscribes
 * ({@code graphql-transport-ws}), pings, and leaves a connection that brings no measurement. Then it waits, longer each time,
 * and comes back. There is one socket at a time: the old one is closed before the next is opened. A token that is not accepted ends
 * it, as nothing will change by itself.
 *
 * <p>Source of the protocol: github.com/enisdenjo/graphql-ws, PROTOCOL.md.
 */
public final class TibberLive {
    private static final String PROTOCOL = "graphql-transport-ws";
    private static final int NORMAL = 1000;
    private static final int TOO_MANY_CONNECTIONS = 4429;
    private static final int LONGEST_FRAME = 1 << 20;

    private final TibberApi api;
    private final Timing timing;
    private final RandomGenerator random;
    private final HttpClient http;
    private int subscription;

    /**
     * How long things take.
     *
     * @param answer to connect, to be greeted, to close
     * @param ping between two pings
     * @param silence without a measurement, after which a connection is dead
     * @param leastPause at least, before another connection; as much again by chance for {@code chance}
     * @param chance up to so much more
     * @param step times the number of failures in a row, squared
     * @param longest at the most
     */
    public record Timing(
            Duration answer,
            Duration ping,
            Duration silence,
            Duration leastPause,
            Duration chance,
            Duration step,
            Duration longest) {
        /** What clients that last have come to; after {@value TibberLive#TOO_MANY_CONNECTIONS} it is the longest. */
        public static final Timing USUAL = new Timing(
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(90),
                Duration.ofSeconds(1),
                Duration.ofSeconds(29),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5));

        Duration pause(int failures, RandomGenerator random) {
            Duration pause = leastPause
                    .plusMillis(random.nextLong(Math.max(1, chance.toMillis())))
                    .plus(step.multipliedBy((long) failures * failures));
            return pause.compareTo(longest) > 0 ? longest : pause;
        }
    }

    /** What is heard. */
    public interface Listener {
        /** A connection stands, and the home is known. */
        void connected(TibberHome home);

        /** Called in the order in which they come, which is mostly, but not surely, that of their times. */
        void measured(Measurement measurement);

        /** It was interrupted; it goes on by itself. */
        void lost(String why, Duration pause);
    }

    public TibberLive(TibberApi api, Timing timing, RandomGenerator random) {
        this.api = api;
        this.timing = timing;
        this.random = random;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timing.answer())
                .build();
    }

    /**
     * Listens until the thread is interrupted, or nothing will change until somebody changes something.
     *
     * @return why
     */
    public String listen(Listener listener) throws InterruptedException {
        int failures = 0;
        while (true) {
            Heard heard = connection(listener, measurement -> {
                listener.measured(measurement);
                return true;
            });
            failures = heard.any() ? 0 : failures + 1;
            switch (heard.end()) {
                case End.Refused refused -> {
                    return refused.why();
                }
                case End.Lost lost -> {
                    Duration own = timing.pause(failures, random);
                    Duration pause = lost.pause().compareTo(own) > 0 ? lost.pause() : own;
                    listener.lost(lost.why(), pause);
                    Thread.sleep(pause);
                }
                case End.Enough enough -> throw new IllegalStateException("Nobody has enough here");
            }
        }
    }

    /**
     * Listens for one measurement, by one connection.
     *
     * @param found told once, or not at all
     * @return null if there was one; else why there is none
     */
    public @Nullable String once(Consumer<TibberHome> connected, Consumer<Measurement> found)
            throws InterruptedException {
        Heard heard = connection(
                new Listener() {
                    @Override
                    public void connected(TibberHome home) {
                        connected.accept(home);
                    }

                    @Override
                    public void measured(Measurement measurement) {}

                    @Override
                    public void lost(String why, Duration pause) {}
                },
                measurement -> {
                    found.accept(measurement);
                    return false;
                });
        return switch (heard.end()) {
            case End.Enough enough -> null;
            case End.Lost lost -> lost.why();
            case End.Refused refused -> refused.why();
        };
    }

    /** Gives out a measurement; false where it was the last that is wanted. */
    private interface Taking {
        boolean take(Measurement measurement);
    }

    private sealed interface End {
        record Lost(String why, Duration pause) implements End {}

        record Refused(String why) implements End {}

        record Enough() implements End {}
    }

    /** @param any whether a measurement came */
    private record Heard(End end, boolean any) {}

    private static End lost(String why) {
        return new End.Lost(why, Duration.ZERO);
    }

    /** One connection, from asking where to its end. */
    private Heard connection(Listener listener, Taking taking) throws InterruptedException {
        TibberHome home;
        switch (api.home()) {
            case Asked.Later<TibberHome> later -> {
                return new Heard(new End.Lost(later.why(), later.pause()), false);
            }
            case Asked.Refused<TibberHome> refused -> {
                return new Heard(new End.Refused(refused.why()), false);
            }
            case Asked.Got<TibberHome> got -> home = got.value();
        }
        Asked<JsonNode> asked = api.query("{viewer{websocketSubscriptionUrl home(id:\"" + home.id()
                + "\"){features{realTimeConsumptionEnabled}}}}");
        return switch (asked) {
            case Asked.Later<JsonNode> later -> new Heard(new End.Lost(later.why(), later.pause()), false);
            case Asked.Refused<JsonNode> refused -> new Heard(new End.Refused(refused.why()), false);
            case Asked.Got<JsonNode> got -> connection(got.value().path("viewer"), home, listener, taking);
        };
    }

    private Heard connection(JsonNode viewer, TibberHome home, Listener listener, Taking taking)
            throws InterruptedException {
        if (!viewer.path("home")
                .path("features")
                .path("realTimeConsumptionEnabled")
                .asBoolean()) {
            return new Heard(
                    new End.Lost(
                            "The home has no device that measures live (Pulse or Watty), or it is offline",
                            timing.longest()),
                    false);
        }
        URI address;
        try {
            address = URI.create(viewer.path("websocketSubscriptionUrl").asText());
        } catch (IllegalArgumentException e) {
            return new Heard(lost("Tibber gave no address to connect to"), false);
        }
        if (address.getHost() == null || !address.getScheme().matches("(?i)wss?")) {
            return new Heard(lost("Tibber gave no address to connect to"), false);
        }
        Socket socket = new Socket();
        @Nullable WebSocket web = null;
        try {
            web = http.newWebSocketBuilder()
                    .header("User-Agent", TibberApi.USER_AGENT)
                    .subprotocols(PROTOCOL)
                    .connectTimeout(timing.answer())
                    .buildAsync(address, socket)
                    .get(timing.answer().toMillis(), TimeUnit.MILLISECONDS);
            return new Talk(web, socket, home, listener, taking).run();
        } catch (ExecutionException e) {
            return new Heard(lost(address.getHost() + " cannot be connected to: " + words(e.getCause())), false);
        } catch (TimeoutException e) {
            return new Heard(lost(address.getHost() + " cannot be connected to in time"), false);
        } finally {
            close(web);
        }
    }

    private static String words(@Nullable Throwable cause) {
        String message = cause == null ? null : cause.getMessage();
        return message == null ? String.valueOf(cause) : message;
    }

    /** Says goodbye, and does not wait for one who does not answer: what counts is that the socket is closed. */
    private void close(@Nullable WebSocket web) {
        if (web == null) {
            return;
        }
        try {
            if (!web.isOutputClosed()) {
                web.sendClose(NORMAL, "").get(timing.answer().toMillis() / 4 + 1, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is as closed as it can be.
        } finally {
            web.abort();
        }
    }

    /** What comes in, for the one thread that talks. */
    private sealed interface Event {
        record Text(String text) implements Event {}

        record Closed(int code, String reason) implements Event {}

        record Failed(String why) implements Event {}
    }

    private static final class Socket implements WebSocket.Listener {
        final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket web, CharSequence data, boolean last) {
            partial.append(data);
            if (partial.length() > LONGEST_FRAME) {
                events.add(new Event.Failed("a message was too long"));
                web.abort();
                return null;
            }
            if (last) {
                events.add(new Event.Text(partial.toString()));
                partial.setLength(0);
            }
            web.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket web, int code, String reason) {
            events.add(new Event.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket web, Throwable failure) {
            events.add(new Event.Failed(words(failure)));
        }
    }

    /** One connection that stands. */
    private final class Talk {
        private final WebSocket web;
        private final Socket socket;
        private final TibberHome home;
        private final Listener listener;
        private final Taking taking;
        private boolean greeted;
        private boolean any;
        private String current = "";
        private int restarts;
        /** Until when something has to come, and when to ping; {@link System#nanoTime}. */
        private long deadline;

        private long nextPing;

        Talk(WebSocket web, Socket socket, TibberHome home, Listener listener, Taking taking) {
            this.web = web;
            this.socket = socket;
            this.home = home;
            this.listener = listener;
            this.taking = taking;
        }

        Heard run() throws InterruptedException {
            long now = System.nanoTime();
            deadline = now + timing.answer().toNanos();
            nextPing = now + timing.ping().toNanos();
            if (!send(Map.of(
                    "type",
                    "connection_init",
                    "payload",
                    Map.of("token", api.token().value())))) {
                return new Heard(lost("The connection broke"), false);
            }
            @Nullable End end = null;
            while (end == null) {
                end = next();
            }
            return new Heard(end, any);
        }

        private @Nullable End next() throws InterruptedException {
            long now = System.nanoTime();
            if (now - deadline >= 0) {
                return lost(
                        greeted
                                ? "No measurement came for " + timing.silence().toSeconds() + " s"
                                : "Tibber did not greet in time");
            }
            if (now - nextPing >= 0) {
                nextPing = now + timing.ping().toNanos();
                if (!send(Map.of("type", "ping"))) {
                    return lost("The connection broke");
                }
            }
            long wait = Math.max(1, Math.min(deadline, nextPing) - now);
            @Nullable Event event = socket.events.poll(wait, TimeUnit.NANOSECONDS);
            return switch (event) {
                case null -> null;
                case Event.Text text -> message(text.text());
                case Event.Failed failed -> lost("The connection broke: " + failed.why());
                case Event.Closed closed -> closed(closed);
            };
        }

        private End closed(Event.Closed closed) {
            String said = "Tibber closed the connection (" + closed.code()
                    + (closed.reason().isBlank() ? "" : ", " + api.token().redact(closed.reason())) + ")";
            return switch (closed.code()) {
                // The protocol's words for a token that is not accepted.
                case 4401, 4403 ->
                    new End.Refused(said + "; make a token on developer.tibber.com and set TALLYWATT_TIBBER_TOKEN");
                case TOO_MANY_CONNECTIONS -> new End.Lost(said + ": there are too many connections", timing.longest());
                default -> lost(said);
            };
        }

        private @Nullable End message(String text) throws InterruptedException {
            JsonNode message;
            try {
                message = TibberApi.JSON.readTree(text);
            } catch (IOException e) {
                return lost("Tibber sent what is no JSON");
            }
            return switch (message.path("type").asText()) {
                case "connection_ack" -> {
                    greeted = true;
                    listener.connected(home);
                    yield subscribe();
                }
                case "ping" -> send(Map.of("type", "pong")) ? null : lost("The connection broke");
                case "next" -> message.path("id").asText().equals(current) ? measured(message.path("payload")) : null;
                case "error" -> {
                    if (!message.path("id").asText().equals(current)) {
                        yield null;
                    }
                    if (isAboutTheToken(message.path("payload"))) {
                        yield new End.Refused("Tibber does not accept the token");
                    }
                    yield again("Tibber cannot start the stream");
                }
                case "complete" ->
                    message.path("id").asText().equals(current) ? again("Tibber ended the stream") : null;
                default -> null;
            };
        }

        private boolean isAboutTheToken(JsonNode errors) {
            return TibberApi.isAboutTheToken(TibberApi.JSON.createObjectNode().set("errors", errors));
        }

        /** A stream that ended is subscribed to again, after a pause; one that never brings anything is left. */
        private @Nullable End again(String why) throws InterruptedException {
            restarts++;
            if (restarts > 3) {
                return lost(why);
            }
            Thread.sleep(timing.leastPause().multipliedBy(restarts));
            return subscribe();
        }

        private @Nullable End subscribe() {
            current = Integer.toString(++subscription);
            deadline = System.nanoTime() + timing.silence().toNanos();
            String query = "subscription{liveMeasurement(homeId:\"" + home.id() + "\"){" + Measurement.FIELDS + "}}";
            return send(Map.of("id", current, "type", "subscribe", "payload", Map.of("query", query)))
                    ? null
                    : lost("The connection broke");
        }

        private @Nullable End measured(JsonNode payload) {
            @Nullable
            Measurement measurement = Measurement.of(payload.path("data").path("liveMeasurement"));
            if (measurement == null) {
                // Nothing was measured, and it is not a sign of life either.
                return null;
            }
            any = true;
            restarts = 0;
            deadline = System.nanoTime() + timing.silence().toNanos();
            return taking.take(measurement) ? null : new End.Enough();
        }

        private boolean send(Map<String, ?> message) {
            try {
                web.sendText(TibberApi.JSON.writeValueAsString(message), true)
                        .get(timing.answer().toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (IOException | ExecutionException | TimeoutException e) {
                return false;
            }
        }
    }
}
