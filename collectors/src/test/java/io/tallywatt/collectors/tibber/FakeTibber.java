package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tibber's server as a home sees it: the GraphQL API and the subscription, over real sockets. The time of its house is made up
 * and passes as fast as frames are sent; what goes wrong is drawn by a seed.
 */
public final class FakeTibber implements AutoCloseable {
    public static final String TOKEN = "a-token";
    public static final String HOME = "96a14971-525a-4420-aae9-e5aedaa129ff";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Pattern HISTORY = Pattern.compile("first:(\\d+),after:\"([^\"]+)\"");

    /** What may go wrong, or otherwise be odd. */
    enum Trouble {
        DROPPED,
        STALLED,
        COMPLETED,
        NOT_STARTED,
        NOTHING_IN_IT,
        TOO_MANY,
        TWICE,
        OUT_OF_ORDER,
        AWAY,
        NO_ANSWER,
        GARBAGE,
        SERVER_PINGS
    }

    private final FakeHouse house;
    private final Random random;
    private final int frames;
    private final boolean hourly;
    private final HttpServer server;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Set<ServerWebSocket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger addresses = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    final Map<Trouble, Integer> troubles = new EnumMap<>(Trouble.class);

    private int tick = 1;
    private int sent;
    private int untilTrouble;
    private @Nullable String last;
    private boolean refusesNext;
    private volatile boolean live = true;
    private volatile boolean calm;
    private volatile @Nullable Instant historyUntil;

    /**
     * @param frames so many, then the house is done
     * @param hourly whether the meter tells its register of the last full hour only
     */
    public FakeTibber(FakeHouse house, long seed, int frames, boolean hourly) throws Exception {
        this.house = house;
        this.random = new Random(seed * 1_000_003 + 11);
        this.frames = frames;
        this.hourly = hourly;
        untilTrouble = 3 + random.nextInt(40);
        server = VERTX.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setReuseAddress(NetServerOptions.DEFAULT_REUSE_ADDRESS)
                        .addWebSocketSubProtocol("graphql-transport-ws"))
                .requestHandler(this::request)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    /** Nothing goes wrong. */
    public FakeTibber calm() {
        calm = true;
        return this;
    }

    public FakeTibber withoutDevice() {
        live = false;
        return this;
    }

    /** The history is known up to an instant; before this is said none is. */
    public void history(Instant until) {
        historyUntil = until;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1-beta/gql");
    }

    /** Leaves all who listen. */
    public void hangUp() {
        sockets.forEach(socket -> socket.close((short) 1001, "going away"));
    }

    public void awaitDone() throws InterruptedException {
        done.await();
    }

    /** What a client did that it must not do. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    int mostConnections() {
        return most.get();
    }

    int addressesAsked() {
        return addresses.get();
    }

    int connections() {
        return connections.get();
    }

    /** The house's time. */
    public synchronized Instant now() {
        return house.at(tick);
    }

    private void request(HttpServerRequest request) {
        String agent = request.getHeader("User-Agent");
        if (agent == null || !agent.startsWith("Tallywatt")) {
            faults.add("no User-Agent: " + request.path());
        }
        if (request.path().equals("/live")) {
            request.toWebSocket().onSuccess(this::socket);
            return;
        }
        request.bodyHandler(body -> {
            String token = request.getHeader("Authorization");
            if (!("Bearer " + TOKEN).equals(token)) {
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(
                                "{\"errors\":[{\"message\":\"invalid token\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}],"
                                        + "\"data\":null}");
                return;
            }
            answer(request, body.toString(StandardCharsets.UTF_8));
        });
    }

    private synchronized void answer(HttpServerRequest request, String body) {
        String query;
        try {
            query = JSON.readTree(body).path("query").asText();
        } catch (IOException e) {
            request.response().setStatusCode(400).end("no JSON");
            return;
        }
        if (refusesNext) {
            refusesNext = false;
            request.response().setStatusCode(503).end("<html>later</html>");
            return;
        }
        String data;
        if (query.contains("websocketSubscriptionUrl")) {
            addresses.incrementAndGet();
            data = "{\"viewer\":{\"websocketSubscriptionUrl\":\"ws://127.0.0.1:" + server.actualPort()
                    + "/live\",\"home\":{\"features\":{\"realTimeConsumptionEnabled\":" + live + "}}}}";
        } else if (query.contains("homes")) {
            data = "{\"viewer\":{\"homes\":[{\"id\":\"" + HOME + "\",\"timeZone\":\"" + house.zone
                    + "\",\"appNickname\":\"Vitahuset\",\"address\":{\"address1\":\"Winterfell Castle 1\"},"
                    + "\"features\":{\"realTimeConsumptionEnabled\":" + live + "}}]}}";
        } else if (query.contains("priceInfo")) {
            data = "{\"viewer\":{\"home\":{\"currentSubscription\":{\"priceInfo\":{\"today\":" + prices(0)
                    + ",\"tomorrow\":[]}}}}}";
        } else {
            data = history(query);
        }
        request.response().putHeader("Content-Type", "application/json").end("{\"data\":" + data + "}");
    }

    /** A quarter's price tells its number: 0.01 of the currency for the first of the day, and so on. */
    private String prices(int plusDays) {
        var date = now().atZone(house.zone).toLocalDate().plusDays(plusDays);
        Instant at = date.atStartOfDay(house.zone).toInstant();
        Instant end = date.plusDays(1).atStartOfDay(house.zone).toInstant();
        List<String> all = new ArrayList<>();
        while (at.isBefore(end)) {
            all.add("{\"total\":" + String.format(java.util.Locale.ROOT, "0.%04d", (all.size() + 1) * 100)
                    + ",\"startsAt\":\"" + house.stamp(at) + "\",\"currency\":\"NOK\"}");
            at = at.plusSeconds(900);
        }
        return "[" + String.join(",", all) + "]";
    }

    private String history(String query) {
        Matcher matcher = HISTORY.matcher(query);
        if (!matcher.find()) {
            faults.add("a question that nobody knows: " + query);
            return "{}";
        }
        String cursor = new String(Base64.getDecoder().decode(matcher.group(2)), StandardCharsets.UTF_8);
        Instant from = OffsetDateTime.parse(cursor).toInstant();
        List<String> nodes = new ArrayList<>();
        @Nullable Instant until = historyUntil;
        for (int i = 0; i < Integer.parseInt(matcher.group(1)); i++) {
            Instant hour = from.plusSeconds(3600L * i);
            Instant end = hour.plusSeconds(3600);
            boolean known = until != null && !hour.isBefore(house.start) && !end.isAfter(until);
            nodes.add("{\"from\":\"" + house.stamp(hour) + "\",\"to\":\"" + house.stamp(end) + "\",\"consumption\":"
                    + (known ? house.used(hour, end).toPlainString() : "null") + "}");
        }
        return "{\"viewer\":{\"home\":{\"consumption\":{\"nodes\":[" + String.join(",", nodes)
                + "]},\"production\":null}}}";
    }

    private void socket(ServerWebSocket socket) {
        connections.incrementAndGet();
        if (!"graphql-transport-ws".equals(socket.subProtocol())) {
            faults.add("subprotocol " + socket.subProtocol());
        }
        int now = open.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        sockets.add(socket);
        socket.closeHandler(closed -> {
            sockets.remove(socket);
            open.decrementAndGet();
        });
        if (now > 1) {
            // As Tibber does, at the latest.
            socket.close((short) 4429, "Too many open connections");
            return;
        }
        socket.textMessageHandler(text -> message(socket, text));
    }

    private void message(ServerWebSocket socket, String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException e) {
            faults.add("no JSON: " + text);
            return;
        }
        switch (message.path("type").asText()) {
            case "connection_init" -> {
                if (message.path("payload").path("token").asText().equals(TOKEN)) {
                    send(socket, "{\"type\":\"connection_ack\"}");
                } else {
                    socket.close((short) 4403, "Forbidden");
                }
            }
            case "ping" -> send(socket, "{\"type\":\"pong\"}");
            case "subscribe" -> {
                String query = message.path("payload").path("query").asText();
                if (!query.contains("liveMeasurement(homeId:\"" + HOME + "\")")) {
                    faults.add("subscribed to " + query);
                }
                stream(socket, message.path("id").asText());
            }
            case "pong", "complete" -> {}
            default -> faults.add("sent " + text);
        }
    }

    private static void send(ServerWebSocket socket, String text) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(text);
        }
    }

    private static void next(ServerWebSocket socket, String id, String measurement) {
        send(
                socket,
                "{\"id\":\"" + id + "\",\"type\":\"next\",\"payload\":{\"data\":{\"liveMeasurement\":" + measurement
                        + "}}}");
    }

    /** Sends a frame, and the one after it a moment later, until something goes wrong. */
    private synchronized void stream(ServerWebSocket socket, String id) {
        for (int i = 0; i < 20; i++) {
            if (socket.isClosed()) {
                return;
            }
            if (sent >= frames) {
                done.countDown();
                return;
            }
            if (!calm && --untilTrouble < 0) {
                untilTrouble = 3 + random.nextInt(120);
                if (trouble(socket, id)) {
                    return;
                }
            }
            frame(socket, id);
        }
        VERTX.setTimer(1, timer -> stream(socket, id));
    }

    private void frame(ServerWebSocket socket, String id) {
        tick += calm || random.nextInt(5) > 0 ? 1 : 1 + random.nextInt(3);
        int told = hourly ? house.tick(now().truncatedTo(java.time.temporal.ChronoUnit.HOURS)) : tick;
        boolean registers = calm || random.nextInt(6) > 0;
        last = house.measurement(tick, Math.max(0, told), registers);
        next(socket, id, last);
        sent++;
    }

    /** @return whether the stream is over */
    private boolean trouble(ServerWebSocket socket, String id) {
        Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
        troubles.merge(trouble, 1, Integer::sum);
        switch (trouble) {
            case TWICE -> next(socket, id, Objects.requireNonNullElse(last, "null"));
            case OUT_OF_ORDER -> {
                String late = house.measurement(tick + 1, tick + 1, !hourly);
                tick += 2;
                next(socket, id, house.measurement(tick, tick, !hourly));
                next(socket, id, late);
            }
            case NOTHING_IN_IT -> {
                send(
                        socket,
                        "{\"id\":\"" + id + "\",\"type\":\"next\",\"payload\":{\"data\":null,\"errors\":[{\"message\":"
                                + "\"internal\"}]}}");
                next(socket, id, "null");
                send(socket, "{\"id\":\"other\",\"type\":\"next\",\"payload\":{}}");
            }
            case SERVER_PINGS -> send(socket, "{\"type\":\"ping\"}");
            case COMPLETED -> {
                send(socket, "{\"id\":\"" + id + "\",\"type\":\"complete\"}");
                away(120);
                return true;
            }
            case NOT_STARTED -> {
                send(
                        socket,
                        "{\"id\":\"" + id
                                + "\",\"type\":\"error\",\"payload\":[{\"message\":\"unable to start stream\"}]}");
                away(120);
                return true;
            }
            case STALLED -> {
                away(600);
                return true;
            }
            case DROPPED -> {
                away(4000);
                socket.close((short) 1012, "");
                return true;
            }
            case GARBAGE -> {
                send(socket, "<html>");
                away(300);
                return true;
            }
            case TOO_MANY -> {
                away(900);
                socket.close((short) 4429, "Too many open connections");
                return true;
            }
            case NO_ANSWER -> {
                refusesNext = true;
                away(1000);
                socket.close();
                return true;
            }
            case AWAY -> {
                // Hours, or a day and more.
                away(20_000);
                socket.close((short) 1001, "going away");
                return true;
            }
        }
        return false;
    }

    private void away(int ticks) {
        tick += random.nextInt(ticks);
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get();
    }
}
