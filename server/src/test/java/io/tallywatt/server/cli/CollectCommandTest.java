package io.tallywatt.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.entsoe.ReplayServer;
import io.tallywatt.collectors.tibber.FakeHouse;
import io.tallywatt.collectors.tibber.FakeTibber;
import io.tallywatt.collectors.web.ScriptedServer;
import io.tallywatt.server.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources are asked over real HTTP; the clock stands at 2025-06-01T00:00. */
class CollectCommandTest {
    private static final String TOKEN = "f3a1-77d0-secret";
    private static final String FR = "10YFR-RTE------C";
    private static final String GB = "10YGB----------A";

    @TempDir
    Path folder;

    private final ReplayServer entsoe = new ReplayServer(TOKEN);
    private final ScriptedServer elexon = new ScriptedServer(request -> ScriptedServer.answer(
            200,
            "application/json",
            request.path().contains("FUELINST")
                    ? rows(request.query().get("publishDateTimeFrom"))
                    : price(request.path().substring(request.path().length() - 10))));
    private Cli cli;

    @BeforeEach
    void sources() {
        cli = new Cli(folder);
        // A second past midnight: the day has begun.
        assertThat(cli.surroundings().clock().instant()).isEqualTo(Cli.BEGIN);
        cli.env.put("TALLYWATT_ENTSOE_URL", entsoe.address().toString());
        cli.env.put("TALLYWATT_ENTSOE_TOKEN", TOKEN);
        cli.env.put("TALLYWATT_ENTSOE_BORDERS", "FR-GB");
        cli.env.put("TALLYWATT_ENTSOE_ZONES", "FR");
        cli.env.put("TALLYWATT_ELEXON_URL", elexon.at("/bmrs/api/v1").toString());
    }

    @AfterEach
    void end() {
        entsoe.close();
        elexon.close();
    }

    /** Five minutes of two cables, at the beginning of what is asked for. */
    private static String rows(String from) {
        String hour = from.substring(0, 13);
        return """
                [{"dataset":"FUELINST","publishTime":"%1$s:05:00Z","startTime":"%1$s:00:00Z","settlementDate":"2025-05-31",
                "settlementPeriod":1,"fuelType":"INTFR","generation":1003},
                {"dataset":"FUELINST","publishTime":"%1$s:05:00Z","startTime":"%1$s:00:00Z","settlementDate":"2025-05-31",
                "settlementPeriod":1,"fuelType":"INTIFA2","generation":-20}]""".formatted(hour);
    }

    /** The first half hour of a settlement date in summer. */
    private static String price(String date) {
        Instant start =
                LocalDate.parse(date).atStartOfDay(ZoneId.of("Europe/London")).toInstant();
        return """
                {"metadata":{},"data":[{"settlementDate":"%s","settlementPeriod":1,"startTime":"%s","systemSellPrice":73.25,
                "systemBuyPrice":73.25,"netImbalanceVolume":-60.9}]}""".formatted(date, start);
    }

    private static byte[] document(String type, String out, String in, String values) {
        StringBuilder points = new StringBuilder();
        int position = 1;
        for (String value : values.split(" ", -1)) {
            points.append("<Point><position>").append(position++).append("</position>");
            points.append(
                    type.equals("A44")
                            ? "<price.amount>" + value + "</price.amount>"
                            : "<quantity>" + value + "</quantity>");
            points.append("</Point>");
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">
                <mRID>1</mRID><type>%s</type><createdDateTime>2025-06-01T00:00:00Z</createdDateTime>
                <TimeSeries><mRID>1</mRID><out_Domain.mRID codingScheme="A01">%s</out_Domain.mRID>
                <in_Domain.mRID codingScheme="A01">%s</in_Domain.mRID>%s
                <curveType>A01</curveType>
                <Period><timeInterval><start>2025-05-31T20:00Z</start><end>2025-05-31T22:00Z</end></timeInterval>
                <resolution>PT60M</resolution>%s</Period></TimeSeries></Publication_MarketDocument>""".formatted(
                        type,
                        out,
                        in,
                        switch (type) {
                            case "A44" ->
                                "<contract_MarketAgreement.type>A01</contract_MarketAgreement.type>"
                                        + "<currency_Unit.name>EUR</currency_Unit.name>"
                                        + "<price_Measure_Unit.name>MWH</price_Measure_Unit.name>";
                            case "A09" ->
                                "<contract_MarketAgreement.type>A05</contract_MarketAgreement.type>"
                                        + "<quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>";
                            default -> "<quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>";
                        },
                        points)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void flows(String there, String back) {
        entsoe.serve(document("A11", FR, GB, there)).serve(document("A11", GB, FR, back));
    }

    private List<String> replies() throws IOException {
        try (Stream<Path> all = Files.walk(cli.data().resolve("replies"))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private String readings(String series) {
        return cli.run("readings", series).out();
    }

    @Test
    void onceAsksForTheLastDayAndSaysWhatCame() throws IOException {
        flows("1000 0", "0 250.5");
        entsoe.serve(document("A44", FR, FR, "81.5 -3.25"));

        Result result = cli.run("collect", "entsoe", "--once");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("flow FR-GB 2025-05-31T00:00:00Z to 2025-06-02T00:00:00Z: 2 readings")
                .contains("price FR 2025-05-31T00:00:00Z to 2025-06-03T00:00:00Z: 2 readings")
                .contains("schedule FR-GB 2025-05-31T00:00:00Z to 2025-06-03T00:00:00Z: not published: ")
                .endsWith("entsoe: 3 questions: 2 with something new, 1 not published; 4 readings\n");
        assertThat(readings("border/FR-GB/flow"))
                .contains("2025-05-31T21:00:00+01:00,2025-05-31T22:00:00+01:00,1000,ACTUAL")
                .contains("2025-05-31T22:00:00+01:00,2025-05-31T23:00:00+01:00,-250.5,ACTUAL");
        assertThat(readings("zone/FR/price")).contains(",-3.25,ACTUAL");
        assertThat(replies()).hasSize(2);
    }

    @Test
    void whatSaysTheSameIsNotTakenTwiceAndACorrectionIs() throws IOException {
        flows("1000 0", "0 250");
        cli.run("collect", "entsoe", "--once");

        assertThat(cli.run("collect", "entsoe", "--once").out())
                .contains("flow FR-GB")
                .contains("nothing new");
        assertThat(replies()).hasSize(1);

        flows("1000 0", "0 300");
        assertThat(cli.run("collect", "entsoe", "--once").out()).contains("2 readings");
        assertThat(readings("border/FR-GB/flow")).contains(",-300,ACTUAL").doesNotContain("-250");
        assertThat(replies()).hasSize(2);
    }

    @Test
    void withoutATokenItSaysWhereToGetOne() {
        cli.env.remove("TALLYWATT_ENTSOE_TOKEN");

        Result result = cli.run("collect", "entsoe", "--once");

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("set TALLYWATT_ENTSOE_TOKEN")
                .contains("tallywatt.entsoe.token-file")
                .contains("transparency.entsoe.eu");
        assertThat(entsoe.requests()).isEmpty();
    }

    @Test
    void aTokenThatIsNotAcceptedIsSaidAndNeverShown() {
        cli.env.put("TALLYWATT_ENTSOE_TOKEN", "wrong-token-1234");

        Result result = cli.run("collect", "entsoe", "--once");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(result.out()).contains("token").contains("in trouble");
        assertThat(result.out() + result.err()).doesNotContain("wrong-token-1234");
    }

    @Test
    void aBusySourceIsAskedAgainInAWhileAndGivenUpInTheEnd() {
        entsoe.always(ScriptedServer.answer(503, "text/plain", "busy"));
        List<Duration> pauses = new ArrayList<>();

        Result result = cli.pause(pauses::add).run("collect", "entsoe", "--once");

        assertThat(result.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(pauses).isNotEmpty().allMatch(pause -> pause.compareTo(Duration.ofMinutes(2)) <= 0);
        assertThat(result.err())
                .contains("503")
                .contains("entsoe is asked again in")
                .contains("give the same command");
        assertThat(result.out()).contains("1 in trouble");
    }

    @Test
    void aRangeIsFetchedPieceByPieceAndWhatIsDoneIsNotAskedForAgain() throws IOException {
        Result first = cli.terminal(80).run("collect", "elexon", "--from", "2025-05-20", "--to", "2025-05-23");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).isEqualTo("elexon: 9 questions: 7 with something new, 2 fetched before; 10 readings\n");
        assertThat(first.err()).contains("[").contains(" of 9").contains("fuelinst 2025-05-20");
        int asked = elexon.requests().size();
        Result second = cli.run("collect", "elexon", "--from", "2025-05-20", "--to", "2025-05-24");

        assertThat(second.out())
                .isEqualTo("elexon: 12 questions: 2 with something new, 10 fetched before; 3 readings\n");
        assertThat(elexon.requests()).hasSize(asked + 2);
        assertThat(readings("border/FR-GB/flow/IFA"))
                .contains("2025-05-20T01:00:00+01:00,2025-05-20T01:05:00+01:00,1003,ACTUAL");
        assertThat(readings("border/FR-GB/flow/IFA2")).contains(",-20,ACTUAL");
        assertThat(readings("zone/GB/price/system"))
                .contains("2025-05-20T00:00:00+01:00,2025-05-20T00:30:00+01:00,73.25,ACTUAL");
    }

    @Test
    void whatIsKeptIsReadAgainWithoutAskingAnybody() throws IOException {
        cli.run("collect", "elexon", "--from", "2025-05-20", "--to", "2025-05-23");
        String before = readings("border/FR-GB/flow/IFA");
        int asked = elexon.requests().size();

        assertThat(cli.run("collect", "elexon", "--replay").out())
                .isEqualTo("elexon: 7 replies read again, 0 of them differently or for the first time; 0 readings\n");
        Files.delete(cli.data().resolve("tallywatt.duckdb"));
        cli.env.put("TALLYWATT_ELEXON_URL", "http://127.0.0.1:1/");
        Result again = cli.run("collect", "elexon", "--replay");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out())
                .isEqualTo("elexon: 7 replies read again, 7 of them differently or for the first time; 10 readings\n");
        assertThat(readings("border/FR-GB/flow/IFA")).isEqualTo(before);
        assertThat(elexon.requests()).hasSize(asked);
    }

    @Test
    void theReplayOfASourceThatWantsATokenNeedsNone() {
        flows("1000 0", "0 250");
        cli.run("collect", "entsoe", "--once");
        cli.env.remove("TALLYWATT_ENTSOE_TOKEN");

        Result again = cli.run("collect", "entsoe", "--replay");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("entsoe: 1 reply read again, 0 of them");
    }

    @Test
    void wrongUseIsSaidBeforeAnybodyIsAsked() {
        assertThat(cli.run("collect", "nordpool", "--once").err())
                .contains("expected entsoe, elexon or tibber, but got 'nordpool'");
        assertThat(cli.run("collect", "elexon", "--to", "2025-05-23").err()).contains("give both");
        assertThat(cli.run("collect", "elexon", "--from", "yesterday").err())
                .contains("Invalid value for option '--from'");
        assertThat(cli.run("collect", "elexon", "--from", "2025-05-23", "--to", "2025-05-20")
                        .err())
                .contains("ends after it begins");
        cli.env.put("TALLYWATT_ENTSOE_BORDERS", "FR-ATLANTIS");
        assertThat(cli.run("collect", "entsoe", "--once").err())
                .contains("TALLYWATT_ENTSOE_BORDERS")
                .contains("zones out of GB, FR");
        cli.env.put("TALLYWATT_ENTSOE_BORDERS", "FR-GB");
        cli.env.put("TALLYWATT_ELEXON_URL", "ftp://example.org");
        assertThat(cli.run("collect", "elexon", "--once").err())
                .contains("TALLYWATT_ELEXON_URL")
                .contains("https://host/path");
        assertThat(elexon.requests()).isEmpty();
        assertThat(entsoe.requests()).isEmpty();
        assertThat(cli.run("collect", "elexon", "--once", "--replay").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aServerIsToldWhichSourcesToAsk() {
        assertThat(asks()).isEqualTo("elexon every 5 min, entsoe every 15 min");
        cli.env.remove("TALLYWATT_ENTSOE_TOKEN");
        assertThat(asks()).isEqualTo("elexon every 5 min; not ENTSO-E, which needs a token (TALLYWATT_ENTSOE_TOKEN)");
        cli.env.put("TALLYWATT_COLLECT", "none");
        assertThat(asks()).isEqualTo("nothing");
        cli.env.put("TALLYWATT_COLLECT", "entsoe");
        assertThat(cli.run("serve").err()).contains("ENTSO-E answers only with a token");
        cli.env.put("TALLYWATT_COLLECT", "everything");
        assertThat(cli.run("serve").err()).contains("expected none, or a list of entsoe, elexon and tibber");
    }

    private String asks() {
        return Settings.of(cli.data(), cli.env)
                .collecting(java.time.Clock.systemUTC())
                .inWords();
    }

    @Test
    void aCablesCapacityIsASetting() {
        cli.env.put("TALLYWATT_GRID_CABLE_IFA", "2000@1986-01-01,1500@2025-01-01");
        assertThat(Settings.of(cli.data(), cli.env)
                        .grid()
                        .cable("IFA")
                        .orElseThrow()
                        .capacityMw(java.time.LocalDate.of(2025, 6, 1)))
                .hasValue(1500);
        cli.env.put("TALLYWATT_GRID_CABLE_IFA", "much");
        assertThat(cli.run("serve").err()).contains("TALLYWATT_GRID_CABLE_IFA").contains("MW@DATE");
    }

    @Test
    void tibberOnceTakesOneMeasurement() throws Exception {
        FakeHouse house = new FakeHouse(ZoneId.of("Europe/Oslo"), Cli.BEGIN.minusSeconds(600), 1);
        try (FakeTibber tibber = new FakeTibber(house, 1, 1000, false).calm()) {
            cli.env.put("TALLYWATT_TIBBER_URL", tibber.url().toString());
            assertThat(cli.run("collect", "tibber", "--once").err()).contains("TALLYWATT_TIBBER_TOKEN");
            cli.env.put("TALLYWATT_TIBBER_TOKEN", "other");
            assertThat(cli.run("collect", "tibber", "--once"))
                    .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(3))
                    .satisfies(refused -> assertThat(refused.err()).contains("invalid token"));
            cli.env.put("TALLYWATT_TIBBER_TOKEN", FakeTibber.TOKEN);
            assertThat(cli.run("collect", "tibber", "--once"))
                    .satisfies(done -> assertThat(done.exitCode()).isZero())
                    .satisfies(done -> assertThat(done.out()).contains("Vitahuset", " W, ", " kWh today"));
            String home = "home/" + FakeTibber.HOME;
            assertThat(readings(home + "/consumption/register").lines()).hasSize(2);
            assertThat(readings(home + "/power").lines()).hasSize(2);
            assertThat(tibber.faults()).isEmpty();
        }
    }
}
