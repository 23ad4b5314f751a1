package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallywatt.collectors.tibber.FakeHouse;
import io.tallywatt.collectors.tibber.FakeTibber;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged program listens to a home by itself, over real sockets. */
class HomesIT {
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");
    /** Long over by now: no measurement is of a time to come. */
    private static final FakeHouse HOUSE = new FakeHouse(OSLO, Instant.parse("2026-01-14T18:00:00Z"), 3);

    private static final FakeTibber TIBBER = tibber();
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(
            "-Xmx256m",
            Map.of(
                    "TALLYWATT_COLLECT",
                    "tibber",
                    "TALLYWATT_TIBBER_URL",
                    TIBBER.url().toString(),
                    "TALLYWATT_TIBBER_TOKEN",
                    FakeTibber.TOKEN));

    private final HttpClient client = HttpClient.newHttpClient();

    private static FakeTibber tibber() {
        try {
            // Seven hours of it.
            return new FakeTibber(HOUSE, 3, 7 * 360, false).calm();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void end() throws Exception {
        TIBBER.close();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(SERVER.address().resolve("/api/v1/" + path))
                .build();
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(client.send(request(path), BodyHandlers.ofString()).body());
    }

    private JsonNode eventually(String path, Predicate<JsonNode> there) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode answer = get(path);
        while (!there.test(answer) && System.nanoTime() < end) {
            Thread.sleep(50);
            answer = get(path);
        }
        return answer;
    }

    @Test
    void aHomeIsHeardAtOnceAndKeptByTheMinute() throws Exception {
        TIBBER.awaitDone();
        String power = "homes/" + FakeTibber.HOME + "/power";
        JsonNode home =
                eventually("homes", answer -> answer.at("/items").size() == 1).at("/items/0");
        assertThat(home.at("/name").asText()).isEqualTo("Vitahuset");
        assertThat(home.at("/zone").asText()).isEqualTo("Europe/Oslo");
        String last = TIBBER.now().toString();
        JsonNode hour =
                eventually(power, answer -> answer.at("/latest/at").asText().equals(last));
        assertThat(hour.at("/items")).as("an hour at full rate").hasSize(361);
        assertThat(hour.at("/latest")).isEqualTo(hour.at("/items/360"));

        Caller caller = new Caller(SERVER);
        assertThat(caller.get("/api/v1/homes").status())
                .as("as the document says")
                .isEqualTo(200);
        assertThat(caller.get("/api/v1/" + power).status()).isEqualTo(200);

        HttpRequest events = HttpRequest.newBuilder(request(power).uri())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", hour.at("/items/358/at").asText())
                .build();
        HttpResponse<InputStream> stream = client.send(events, BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().filter(line -> line.startsWith("id:")).limit(2))
                    .containsExactly(
                            "id: " + hour.at("/items/359/at").asText(),
                            "id: " + hour.at("/items/360/at").asText());
        }

        TIBBER.hangUp();
        JsonNode energy = eventually(
                "series/home/" + FakeTibber.HOME + "/consumption/readings",
                answer -> answer.at("/items").size() > 400);
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode item : energy.at("/items")) {
            sum = sum.add(item.at("/value").decimalValue());
        }
        Instant first =
                OffsetDateTime.parse(energy.at("/items/0/start").asText()).toInstant();
        Instant end = OffsetDateTime.parse(energy.at("/items")
                        .get(energy.at("/items").size() - 1)
                        .at("/end")
                        .asText())
                .toInstant();
        assertThat(sum).isEqualByComparingTo(HOUSE.used(first, end));
        assertThat(get("homes").at("/items/0/trouble").asText()).contains("1001");
        assertThat(SERVER.log())
                .contains(
                        "asks tibber live, history every 60 min",
                        "listens to home/" + FakeTibber.HOME + " (Vitahuset)",
                        "Tibber closed the connection (1001")
                .doesNotContain(FakeTibber.TOKEN);
        assertThat(TIBBER.faults()).isEmpty();
    }

    @Test
    void aHomeThatNobodyListensToIsNotFound() throws Exception {
        HttpResponse<String> answer = client.send(request("homes/other/power"), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("'other'", "/api/v1/homes");
        assertThat(URI.create(JSON.readTree(answer.body()).path("type").asText()))
                .isNotNull();
    }
}
