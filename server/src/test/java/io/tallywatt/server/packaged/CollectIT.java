package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallywatt.collectors.entsoe.ReplayServer;
import io.tallywatt.collectors.web.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged program asks both sources by itself, over real HTTP, and answers with what they said. */
class CollectIT {
    private static final String TOKEN = "3b1c-token-of-nobody";
    private static final String FR = "10YFR-RTE------C";
    private static final String GB = "10YGB----------A";

    private static final ReplayServer ENTSOE = new ReplayServer(TOKEN)
            .serve(flow(FR, GB, "900.5"))
            .serve(flow(GB, FR, "0"))
            .serve(price());

    private static final ScriptedServer ELEXON = new ScriptedServer(request -> ScriptedServer.answer(
            200, "application/json", request.path().contains("FUELINST") ? rows() : systemPrice()));

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer(
            "-Xmx256m",
            Map.of(
                    "TALLYWATT_COLLECT",
                    "elexon,entsoe",
                    "TALLYWATT_ENTSOE_URL",
                    ENTSOE.address().toString(),
                    "TALLYWATT_ENTSOE_TOKEN",
                    TOKEN,
                    "TALLYWATT_ENTSOE_BORDERS",
                    "FR-GB",
                    "TALLYWATT_ENTSOE_ZONES",
                    "FR",
                    "TALLYWATT_ELEXON_URL",
                    ELEXON.at("/bmrs/api/v1").toString()));

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void end() {
        ENTSOE.close();
        ELEXON.close();
    }

    /** The last full five minutes of the three cables to France. */
    private static String rows() {
        long now = Instant.now().getEpochSecond();
        Instant published = Instant.ofEpochSecond(now - now % 300);
        String row =
                "{\"dataset\":\"FUELINST\",\"publishTime\":\"%s\",\"startTime\":\"%s\",\"settlementDate\":\"2026-01-01\","
                        + "\"settlementPeriod\":1,\"fuelType\":\"%s\",\"generation\":%d}";
        return "["
                + String.join(
                        ",",
                        row.formatted(published, published, "INTFR", 1000),
                        row.formatted(published, published, "INTIFA2", 250),
                        row.formatted(published, published, "INTELEC", -50))
                + "]";
    }

    /** The half hour before the running one. */
    private static String systemPrice() {
        long now = Instant.now().getEpochSecond();
        return "{\"data\":[{\"startTime\":\"" + Instant.ofEpochSecond(now - now % 1800 - 1800)
                + "\",\"systemSellPrice\":81.5,\"systemBuyPrice\":81.50}]}";
    }

    private static byte[] flow(String out, String in, String mw) {
        return document(
                "A11",
                out,
                in,
                "<quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>",
                "<quantity>" + mw + "</quantity>");
    }

    private static byte[] price() {
        return document(
                "A44",
                FR,
                FR,
                "<contract_MarketAgreement.type>A01</contract_MarketAgreement.type><currency_Unit.name>EUR</currency_Unit.name>"
                        + "<price_Measure_Unit.name>MWH</price_Measure_Unit.name>",
                "<price.amount>71.26</price.amount>");
    }

    /** One hour, that before the running one. */
    private static byte[] document(String type, String out, String in, String units, String value) {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">
                <mRID>1</mRID><type>%s</type><createdDateTime>2026-01-01T00:00:00Z</createdDateTime>
                <TimeSeries><mRID>1</mRID><out_Domain.mRID codingScheme="A01">%s</out_Domain.mRID>
                <in_Domain.mRID codingScheme="A01">%s</in_Domain.mRID>%s<curveType>A01</curveType>
                <Period><timeInterval><start>%s</start><end>%s</end></timeInterval><resolution>PT60M</resolution>
                <Point><position>1</position>%s</Point></Period></TimeSeries></Publication_MarketDocument>""".formatted(type, out, in, units, minute(hour.minus(Duration.ofHours(1))), minute(hour), value)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String minute(Instant instant) {
        return instant.toString().substring(0, 16) + "Z";
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        URI uri = SERVER.address().resolve("/api/v1/" + path);
        return new ObjectMapper()
                .readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body());
    }

    private JsonNode eventually(String path, Predicate<JsonNode> there) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode answer = get(path);
        while (!there.test(answer) && System.nanoTime() < end) {
            Thread.sleep(50);
            answer = get(path);
        }
        return answer;
    }

    @Test
    void whatBothSourcesSayIsThereMomentsAfterTheStart() throws Exception {
        JsonNode latest = eventually(
                "flows/latest",
                answer -> answer.at("/items/0/source").asText().equals("elexon")
                        && !answer.at("/items/0/others").isEmpty());

        JsonNode france = latest.at("/items/0");
        assertThat(france.at("/border").asText()).isEqualTo("FR-GB");
        assertThat(france.at("/mw").decimalValue()).isEqualByComparingTo("1200");
        assertThat(france.at("/direction").asText()).isEqualTo("from France into Great Britain");
        assertThat(france.at("/capacityMw").asInt()).isEqualTo(4000);
        assertThat(france.at("/share").decimalValue()).isEqualByComparingTo("0.3");
        assertThat(france.at("/cablesKnown").asInt()).isEqualTo(3);
        assertThat(france.at("/others/0/source").asText()).isEqualTo("entsoe");
        assertThat(france.at("/others/0/mw").decimalValue()).isEqualByComparingTo("900.5");
        assertThat(france.at("/cables/2/direction").asText()).isEqualTo("out of Great Britain to France");
        JsonNode prices =
                eventually("prices?zone=FR", answer -> !answer.at("/items").isEmpty());
        assertThat(prices.at("/items/0/price").decimalValue()).isEqualByComparingTo("71.26");
        assertThat(prices.at("/items/0/unit").asText()).isEqualTo("EUR/MWh");
        assertThat(prices.at("/items/0/market").asText()).isEqualTo("day-ahead");
        JsonNode own =
                eventually("prices?zone=GB", answer -> !answer.at("/items").isEmpty());
        assertThat(own.at("/items/0/price").decimalValue()).isEqualByComparingTo("81.5");
        assertThat(own.at("/items/0/unit").asText()).isEqualTo("GBP/MWh");
        assertThat(own.at("/items/0/market").asText()).isEqualTo("system");
    }

    @Test
    void repliesAreKeptAndTheTokenIsNowhere() throws Exception {
        eventually("flows/latest", answer -> !answer.at("/items/0/others").isEmpty());
        eventually("prices?zone=FR", answer -> !answer.at("/items").isEmpty());

        List<Path> kept;
        try (Stream<Path> all = Files.walk(SERVER.data())) {
            kept = all.filter(Files::isRegularFile).toList();
        }
        assertThat(kept).anyMatch(path -> path.toString().contains("replies/entsoe/"));
        assertThat(kept).anyMatch(path -> path.toString().contains("replies/elexon/"));
        for (Path path : kept) {
            if (!path.toString().contains("tallywatt.duckdb")) {
                assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
                        .doesNotContain(TOKEN);
            }
        }
        assertThat(SERVER.log())
                .contains("asks elexon every 5 min, entsoe every 15 min")
                .doesNotContain(TOKEN);
        assertThat(get("files").toString()).contains("entsoe/").doesNotContain(TOKEN);
    }
}
