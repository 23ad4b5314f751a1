package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.GivenFlows;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged program tells what flows and what arrives, is left promptly by those who listen, and goes on after a restart. */
class LiveIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** A body whose length nobody knew (RFC 9112, 7.1). */
    private static final class Unchunked extends InputStream {
        private final InputStream in;
        private int left;
        private boolean ended;

        Unchunked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (left == 0 && !ended) {
                String size = line(in);
                left = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int n = in.read(buffer, from, Math.min(length, left));
            if (n > 0) {
                left -= n;
                if (left == 0) {
                    line(in);
                }
            }
            return n;
        }
    }

    /** One who listens, over a plain connection. */
    private static final class Listening implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;
        private @Nullable String id;

        Listening(String query, @Nullable String lastEventId) throws IOException {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER.port()));
            socket.getOutputStream()
                    .write(("GET /api/v1/live" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + SERVER.port() + "\r\n"
                                    + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream raw = new BufferedInputStream(socket.getInputStream());
            id = lastEventId;
            assertThat(line(raw)).isEqualTo("HTTP/1.1 200 OK");
            while (!line(raw).isEmpty()) {
                // The other headers.
            }
            in = new BufferedReader(new InputStreamReader(new Unchunked(raw), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("retry: ");
        }

        /** The data of the next event, after its name; null at the end. Comments are passed over. */
        @Nullable
        String next() throws IOException {
            String name = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return name + " " + line.substring(6);
                }
            }
            return null;
        }

        /** Reads the id of the greeting. */
        Listening greeted() throws IOException {
            while (id == null) {
                String line = in.readLine();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                }
            }
            return this;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void push(Caller caller, String site, int minute, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Instant start = now.minus(Duration.ofHours(20)).plusSeconds(60L * minute + 5L * i);
            rows.append(rows.isEmpty() ? "[" : ",\n")
                    .append("{\"series\":\"site/" + site + "/generation\",\"start\":\"" + start + "\",\"end\":\""
                            + start.plusSeconds(5) + "\",\"value\":0.00" + (1 + i % 9) + "}");
        }
        Caller.Answer answer = caller.post(
                "/api/v1/readings?zone=UTC&source=" + site + minute,
                rows.append(']').toString(),
                "Content-Type",
                "application/json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @Test
    void valuesAreToldAsTheyArriveAndAfterARestart() throws Exception {
        Caller caller = new Caller(SERVER);
        String id;
        try (Listening one = new Listening("?series=site/", null).greeted();
                Listening two = new Listening("?series=site/a", null).greeted();
                Listening silent = new Listening("", null).greeted();
                Listening slow = new Listening("?series=site/b", null)) {
            push(caller, "a", 0, 1);
            assertThat(one.next()).startsWith("reading {\"series\":\"site/a/generation\",\"unit\":\"kWh\",");
            assertThat(two.next()).contains("\"value\":0.001");
            // More than the queue and the buffers of the system hold, for one who does not read.
            for (int minute = 0; minute < 5; minute++) {
                push(caller, "b", 100 * minute, 1_200);
                for (int i = 0; i < 1_200; i++) {
                    assertThat(one.next()).contains("site/b/generation");
                }
            }
            id = one.id;
            long start = System.nanoTime();
            SERVER.tellToStop();
            assertThat(one.next()).isNull();
            assertThat(two.next()).isNull();
            assertThat(silent.next()).isNull();
            SERVER.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(SERVER.log()).doesNotContain("ERROR").doesNotContain("\tat ");
            assertThat(slow.socket.isClosed()).isFalse();
        }
        flows();
        SERVER.start();
        Caller again = new Caller(SERVER);
        try (Listening back = new Listening("", id);
                Listening lost = new Listening("", "nonsense")) {
            // What was put into the store while nobody served.
            assertThat(back.next()).contains("border/").contains("\"unit\":\"MW\"");
            assertThat(lost.next()).startsWith("reset ");
        }
        try (Listening back = new Listening("?series=site/", id).greeted()) {
            push(again, "c", 0, 1);
            assertThat(back.next()).contains("site/c/generation");
        }
        answers(again);
    }

    /** What the collectors would have put there. */
    private void flows() throws IOException {
        try (DuckDbStore store = DuckDbStore.open(
                Files.createDirectories(SERVER.data()).resolve("tallywatt.duckdb"),
                new DuckDbSettings(2, "256MB", false),
                Clock.systemUTC())) {
            GivenFlows given = new GivenFlows(store, Grid.aroundGreatBritain(), "it ");
            Map<String, String> nemo = new HashMap<>();
            for (int i = 1; i <= 12; i++) {
                nemo.put(now.minus(Duration.ofMinutes(5L * i)).toString(), Integer.toString(100 * i));
            }
            given.cable("Nemo", nemo);
            given.border("BE-GB", 3600, Map.of(now.minus(Duration.ofHours(2)).toString(), "-250.5"));
            given.price("BE", 3600, Map.of(now.plus(Duration.ofHours(3)).toString(), "-1.25"));
        }
    }

    private void answers(Caller caller) {
        JsonNode latest = caller.get("/api/v1/flows/latest").json();
        assertThat(latest.get("items"))
                .hasSize(Grid.aroundGreatBritain().borders().size());
        JsonNode belgium = null;
        for (JsonNode item : latest.get("items")) {
            belgium = item.get("border").asText().equals("BE-GB") ? item : belgium;
        }
        assertThat(belgium).isNotNull();
        assertThat(belgium.get("mw").decimalValue()).isEqualByComparingTo(new BigDecimal(100));
        assertThat(belgium.get("direction").asText()).isEqualTo("from Belgium into Great Britain");
        assertThat(belgium.get("share").decimalValue()).isEqualByComparingTo("0.1");
        assertThat(belgium.at("/others/0/mw").decimalValue()).isEqualByComparingTo("-250.5");
        assertThat(caller.get("/api/v1/flows").json().get("items")).hasSize(13);
        Caller.Answer page = caller.get("/api/v1/flows?border=BE-GB&limit=5");
        assertThat(page.json().get("items")).hasSize(5);
        String next = page.json().get("next").asText();
        assertThat(caller.get("/api/v1/flows?border=BE-GB&limit=50&cursor=" + next)
                        .json()
                        .get("items"))
                .hasSize(8);
        assertThat(caller.get("/api/v1/flows?cursor=" + next).status()).isEqualTo(400);
        JsonNode price = caller.get("/api/v1/prices?zone=BE").json().at("/items/0");
        assertThat(price.get("price").decimalValue()).isEqualByComparingTo("-1.25");
        assertThat(price.get("unit").asText()).isEqualTo("EUR/MWh");
        String series = Border.parse("BE-GB").flow().toString();
        assertThat(caller.get("/api/v1/consumption/daily?series=" + series)
                        .json()
                        .get("parameter")
                        .asText())
                .isEqualTo("series");
        String readings = "/api/v1/series/" + series + "/readings?format=svg";
        assertThat(caller.get(readings).status()).isEqualTo(200);
        assertThat(caller.get(readings + "&chart=bar").json().get("parameter").asText())
                .isEqualTo("chart");
    }
}
