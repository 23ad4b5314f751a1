package io.tallywatt.collectors.entsoe;

import static io.tallywatt.collectors.entsoe.MarketText.FR;
import static io.tallywatt.collectors.entsoe.MarketText.GB;
import static io.tallywatt.collectors.entsoe.MarketText.period;
import static io.tallywatt.collectors.web.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.collectors.replies.ReadReplies;
import io.tallywatt.collectors.web.RequestBudget;
import io.tallywatt.collectors.web.ScriptedServer;
import io.tallywatt.collectors.web.ScriptedServer.Reaction;
import io.tallywatt.collectors.web.Secret;
import io.tallywatt.collectors.web.Web;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Reply.Fetched;
import io.tallywatt.core.source.Reply.NotYetPublished;
import io.tallywatt.core.source.Reply.Rejected;
import io.tallywatt.core.source.Reply.Throttled;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source over real HTTP: what the platform answers, and all the ways in which it does not. */
class EntsoeSourceTest {
    private static final String TOKEN = "5f3b2c1d-TOKEN-9e8a+/7f6a";
    private static final Instant NOW = Instant.parse("2026-05-07T13:17:31Z");
    private static final String TEN = "2026-05-07T10:00Z";
    private static final String NOON = "2026-05-07T12:00Z";
    private static final byte[] FORTH = new MarketText("A11")
            .flow(FR, GB, "A03", period(TEN, NOON, "PT15M", "1=1000", "4=2000"))
            .xml()
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] BACK = new MarketText("A11")
            .flow(GB, FR, "A03", period(TEN, NOON, "PT60M", "1=0"))
            .xml()
            .getBytes(StandardCharsets.UTF_8);

    private final MovableClock clock = new MovableClock();
    private final ReplayServer platform = new ReplayServer(TOKEN).serve(FORTH).serve(BACK);
    private final Web web = new Web(Duration.ofSeconds(10), 200_000, "Tallywatt test");
    private final EntsoeSource source = source(platform.address(), web, TOKEN);
    private final List<Object> said = new ArrayList<>();

    private static final class MovableClock extends Clock {
        Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private EntsoeSource source(URI address, Web asked, String token) {
        return new EntsoeSource(
                address,
                () -> new Secret(token),
                Grid.aroundGreatBritain(),
                clock,
                asked,
                RequestBudget.perMinute(10_000));
    }

    @AfterEach
    void nothingHoldsTheToken() {
        web.close();
        platform.close();
        said.add(source);
        for (Object one : said) {
            assertThat(one.toString()).doesNotContainIgnoringCase("5f3b2c1d").doesNotContainIgnoringCase("9e8a");
        }
    }

    private Reply ask(String what) throws InterruptedException {
        return ask(source, what);
    }

    private Reply ask(EntsoeSource asked, String what) throws InterruptedException {
        Reply reply = asked.ask(Recorded.question(what));
        said.add(reply);
        if (reply instanceof Fetched fetched) {
            said.add(new String(fetched.document(), StandardCharsets.UTF_8));
        }
        return reply;
    }

    private Reply flowWhen(Reaction reaction) throws InterruptedException {
        platform.always(reaction);
        return ask("flow FR-GB");
    }

    private static void throttled(Reply reply, Duration pause, String words) {
        assertThat(reply).isInstanceOf(Throttled.class);
        assertThat(((Throttled) reply).pause()).isEqualTo(pause);
        assertThat(((Throttled) reply).why()).contains(words);
    }

    private static void rejected(Reply reply, String words) {
        assertThat(reply).isInstanceOf(Rejected.class);
        assertThat(((Rejected) reply).why()).contains(words);
    }

    @Test
    void aFlowIsAskedBothWaysAndKeptAsOneDocument() throws InterruptedException {
        Fetched fetched = (Fetched) ask("flow FR-GB");

        assertThat(fetched.at()).isEqualTo(NOW);
        assertThat(fetched.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(platform.requests())
                .extracting(ScriptedServer.Request::query)
                .containsExactly(
                        Map.of(
                                "documentType",
                                "A11",
                                "out_Domain",
                                FR,
                                "in_Domain",
                                GB,
                                "periodStart",
                                "202605060000",
                                "periodEnd",
                                "202605080000",
                                "securityToken",
                                TOKEN),
                        Map.of(
                                "documentType",
                                "A11",
                                "out_Domain",
                                GB,
                                "in_Domain",
                                FR,
                                "periodStart",
                                "202605060000",
                                "periodEnd",
                                "202605080000",
                                "securityToken",
                                TOKEN));
        ReadReplies read = Recorded.read(fetched.document());
        assertThat(read.unit()).isEqualTo("MW");
        assertThat(read.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(read.perHour()).isEqualByComparingTo("3250");
    }

    @Test
    void recordedRepliesAreFetchedAndRead() throws InterruptedException {
        Recorded.needed();
        platform.withRecorded(Recorded.FOLDER);

        ReadReplies flow = Recorded.read(((Fetched) ask("flow DK1-GB")).document());
        assertThat(flow.perHour()).isEqualByComparingTo("-8380");
        Fetched prices = (Fetched) ask("price FR");
        assertThat(Recorded.read(prices.document()).unit()).isEqualTo("EUR/MWh");
        assertThat(Recorded.read(prices.document()).zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(Recorded.read(prices.document()).rows()).hasSize(48);
        assertThat(platform.requests().getLast().query())
                .containsEntry("documentType", "A44")
                .containsEntry("contract_MarketAgreement.type", "A01")
                .containsEntry("in_Domain", FR)
                .containsEntry("out_Domain", FR);
        assertThat(ask("schedule FR-GB")).isInstanceOf(NotYetPublished.class);
    }

    @Test
    void theFingerprintIsThatOfWhatIsSaid() throws InterruptedException {
        String first = ((Fetched) ask("flow FR-GB")).fingerprint();
        clock.now = NOW.plusSeconds(900);
        MarketText same = new MarketText("A11").flow(FR, GB, "A03", period(TEN, NOON, "PT15M", "1=1000", "4=2000"));
        platform.serve(same.xml("7:3", "another-id", "2026-05-07T13:32:31Z").getBytes(StandardCharsets.UTF_8));
        Fetched again = (Fetched) ask("flow FR-GB");
        assertThat(again.fingerprint()).isEqualTo(first);

        platform.serve(same.xml().replace(">2000<", ">2001<").getBytes(StandardCharsets.UTF_8));
        assertThat(((Fetched) ask("flow FR-GB")).fingerprint()).isNotEqualTo(first);
    }

    @Test
    void asksInWholeDaysAndForTomorrowWhereThatIsPublishedBefore() {
        Interval window = new Interval(Instant.parse("2026-05-06T13:17:31Z"), NOW);
        List<Question> questions = source.questions(window);

        assertThat(questions).hasSize(7 + 7 + 6).doesNotHaveDuplicates();
        assertThat(questions)
                .contains(
                        new Question("flow FR-GB", days("2026-05-06", "2026-05-08")),
                        new Question("schedule FR-GB", days("2026-05-06", "2026-05-09")),
                        new Question("price SEM", days("2026-05-06", "2026-05-09")));
        assertThat(source.questions(new Interval(window.start().plusSeconds(900), NOW.plusSeconds(900))))
                .isEqualTo(questions);
        assertThat(source.questions(days("2026-05-06", "2026-05-08"))).isEqualTo(questions);
        assertThat(source.name()).isEqualTo("entsoe");
        assertThat(source.every()).isEqualTo(Duration.ofMinutes(15));
        assertThat(source.window()).isEqualTo(Duration.ofDays(30));
    }

    private static Interval days(String from, String to) {
        return new Interval(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ack_2016_999_no_matching_data.xml",
                "ack_999_A09_AT_AT.xml",
                "ack_999_compact_interval.xml",
                "ack_999_null_interval.xml",
                "ack_999_unreplaced_placeholder.xml"
            })
    void everyRecordedWayToSayThatThereIsNothing(String file) throws InterruptedException {
        Recorded.needed();
        Reply reply = flowWhen(answer(200, "text/xml", Recorded.text("replies/" + file)));

        assertThat(reply).isInstanceOf(NotYetPublished.class);
        assertThat(((NotYetPublished) reply).why()).startsWith("No matching data found");
        assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void theRecordedRefusalOfATokenIsRejected() throws InterruptedException {
        Recorded.needed();
        rejected(
                flowWhen(answer(401, "text/html", Recorded.text("replies/unauth-resp.xml"))),
                "The token was not accepted by 127.0.0.1 (401)");
    }

    @Test
    void aDirectionWithoutDataIsKeptBesideTheOther() throws InterruptedException {
        platform.then(answer(200, "text/xml", FORTH)).then(ReplayServer.acknowledge("No matching data found for A11."));
        Fetched fetched = (Fetched) ask("flow FR-GB");

        ReadReplies read = Recorded.read(fetched.document());
        assertThat(read.rows()).isEmpty();
        assertThat(read.notices()).hasSize(1);
    }

    @Test
    void acknowledgementsOfAnythingElseAreRejectedInTheirWords() throws InterruptedException {
        rejected(
                flowWhen(ReplayServer.acknowledge(
                        "The number of instances (149) exceeds the allowed maximum (100) for data item X.")),
                "The number of instances (149) exceeds the allowed maximum (100)");
        rejected(
                flowWhen(answer(400, "text/xml", ReplayServer.acknowledgement("Invalid value 10Y? of in_Domain"))),
                "Invalid value 10Y? of in_Domain");
        rejected(
                flowWhen(answer(
                        200,
                        "text/xml",
                        ReplayServer.acknowledgement("No matching data found").replace("999", "A02"))),
                "No matching data found");
        rejected(flowWhen(answer(200, "text/xml", "<Acknowledgement_MarketDocument/>")), "no reason");
        assertThat(((Rejected) flowWhen(ReplayServer.acknowledge("too long ".repeat(1000)))).why())
                .hasSizeLessThan(400);
    }

    @Test
    void aDataItemThatHasNothingMayBeSaidWithStatus400() throws InterruptedException {
        assertThat(flowWhen(answer(400, "text/xml", ReplayServer.acknowledgement("No matching data found for X"))))
                .isInstanceOf(NotYetPublished.class);
    }

    @Test
    void anEchoedTokenIsTakenOutOfWordsAndDocuments() throws InterruptedException {
        rejected(flowWhen(ReplayServer.acknowledge("Token " + TOKEN + " may not ask this")), "Token (secret) may not");
        rejected(
                flowWhen(answer(401, "text/xml", ReplayServer.acknowledgement("No: 5f3b2c1d-token-9e8a%2B%2F7f6a"))),
                "No: (secret)");
        rejected(
                flowWhen(answer(
                        200,
                        "text/xml",
                        ReplayServer.acknowledgement("No: " + TOKEN).replace("No: 5", "No: &#x35;"))),
                "No: (secret)");
        assertThat(flowWhen(ReplayServer.acknowledge("No matching data found for securityToken=" + TOKEN)))
                .isEqualTo(new NotYetPublished("No matching data found for securityToken=(secret); "
                        + "No matching data found for securityToken=(secret)"));
        String echoed =
                new String(FORTH, StandardCharsets.UTF_8).replace("<type>", "<asked>" + TOKEN + "</asked><type>");
        platform.always(null);
        platform.serve(echoed.getBytes(StandardCharsets.UTF_8));
        assertThat(ask("flow FR-GB")).isInstanceOf(Fetched.class);
        rejected(
                flowWhen(answer(302, "", "", "Location: https://x.example/api?securityToken=" + TOKEN)),
                "https://x.example");
    }

    @Test
    void aTokenThatIsNotAcceptedIsRejectedWhateverTheBody() throws InterruptedException {
        EntsoeSource stranger = source(platform.address(), web, "another");
        rejected(ask(stranger, "flow FR-GB"), "The token was not accepted by 127.0.0.1 (401)");
        assertThat(platform.requests()).hasSize(1);
        rejected(flowWhen(answer(403, "", "")), "The token was not accepted by 127.0.0.1 (403)");
        rejected(
                flowWhen(answer(401, "text/xml", ReplayServer.acknowledgement("No matching data found"))),
                "The token was not accepted");
    }

    @Test
    void tooManyRequestsAreABanOfTenMinutesInWhichNothingIsAsked() throws InterruptedException {
        platform.then(
                answer(429, "text/html", "Max allowed requests per minute from each unique IP is max up to 400 only"));
        throttled(ask("flow FR-GB"), Duration.ofMinutes(10), "429: too many requests");
        clock.now = NOW.plusSeconds(240);
        throttled(ask("price FR"), Duration.ofMinutes(6), "asked for patience until 2026-05-07T13:27:31Z");
        assertThat(platform.requests()).hasSize(1);

        clock.now = NOW.plusSeconds(600);
        assertThat(ask("flow FR-GB")).isInstanceOf(Fetched.class);
    }

    @Test
    void aWishForAPauseIsHonoured() throws InterruptedException {
        platform.then(answer(429, "", "", "Retry-After: 30"));
        throttled(ask("flow FR-GB"), Duration.ofSeconds(30), "429 and asked for a pause");
        clock.now = NOW.plusSeconds(30);
        platform.then(answer(503, "text/html", "<html>", "Retry-After: Thu, 07 May 2026 13:20:01 GMT"));
        throttled(ask("flow FR-GB"), Duration.ofMinutes(2), "503 and asked for a pause");
        throttled(ask("flow FR-GB"), Duration.ofMinutes(2), "asked for patience");
        clock.now = NOW.plusSeconds(150);
        platform.then(answer(429, "", "", "Retry-After: 999999999"));
        throttled(ask("flow FR-GB"), Duration.ofDays(1), "429");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    void aServerInTroubleIsAskedAgainLater(int status) throws InterruptedException {
        throttled(
                flowWhen(answer(status, "text/html", "<html>Sorry</html>")),
                Duration.ofMinutes(1),
                "answered " + status);
        throttled(flowWhen(answer(status, "", "")), Duration.ofMinutes(1), "answered " + status);
        platform.always(null);
        assertThat(ask("flow FR-GB")).isInstanceOf(Fetched.class);
    }

    @Test
    void aTroubleWithTheSecondRequestKeepsNothingOfTheFirst() throws InterruptedException {
        platform.then(answer(200, "text/xml", FORTH)).then(answer(503, "", ""));
        throttled(ask("flow FR-GB"), Duration.ofMinutes(1), "503");
    }

    @Test
    void beingSentToAnotherPortOfTheHostIsABan() throws InterruptedException {
        platform.then(answer(302, "", "", "Location: https://127.0.0.1:8443/api?securityToken=" + TOKEN));
        throttled(ask("flow FR-GB"), Duration.ofMinutes(10), "another port");
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void droppedConnectionsAreABanWhenTheyDoNotEnd() throws InterruptedException {
        Reaction dropped = ScriptedServer.droppedAfter(40, "text/xml", FORTH);
        platform.then(dropped).then(dropped);
        throttled(ask("flow FR-GB"), Duration.ofMinutes(1), "127.0.0.1");
        throttled(ask("flow FR-GB"), Duration.ofMinutes(1), "broke off the connection");
        assertThat(ask("flow FR-GB")).isInstanceOf(Fetched.class);

        platform.always(ScriptedServer.droppedAtOnce());
        throttled(ask("flow FR-GB"), Duration.ofMinutes(1), "broke off");
        throttled(ask("flow FR-GB"), Duration.ofMinutes(1), "broke off");
        throttled(ask("flow FR-GB"), Duration.ofMinutes(10), "again and again");
        int asked = platform.requests().size();
        throttled(ask("flow FR-GB"), Duration.ofMinutes(10), "patience");
        assertThat(platform.requests()).hasSize(asked);
    }

    @Test
    void whatCannotBeReachedIsAskedAgainLater() throws InterruptedException, IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        throttled(
                ask(source(URI.create("http://127.0.0.1:" + port + "/api"), web, TOKEN), "flow FR-GB"),
                Duration.ofMinutes(1),
                "cannot be reached");
    }

    @Test
    void anAnswerThatTricklesIsGivenUp() throws InterruptedException {
        try (Web hurried = new Web(Duration.ofMillis(100), 200_000, "Tallywatt test")) {
            platform.always(ScriptedServer.drip("text/xml", FORTH, 5));
            throttled(
                    ask(source(platform.address(), hurried, TOKEN), "flow FR-GB"),
                    Duration.ofMinutes(1),
                    "had not answered in full within 100 ms");
        }
    }

    @Test
    void anAnswerThatEndsEarlyIsAskedForAgainLater() throws InterruptedException {
        for (int bytes : new int[] {0, 1, 10, 45, 60, 200, 700, FORTH.length - 3, FORTH.length - 30}) {
            throttled(
                    flowWhen(ScriptedServer.cutOff(bytes, "text/xml", FORTH)),
                    Duration.ofMinutes(1),
                    bytes == 0 ? "nothing came" : "ends before its end");
        }
        platform.always(ScriptedServer.cutOff(FORTH.length - 1, "text/xml", FORTH));
        assertThat(ask("price FR")).isInstanceOf(Rejected.class);
    }

    @Test
    void aBodyWithoutEndIsRejected() throws InterruptedException {
        rejected(
                flowWhen(ScriptedServer.endless("text/xml", "<Publication_MarketDocument>")), "more than 200000 bytes");
    }

    @Test
    void whatIsNotXmlIsRejected() throws InterruptedException {
        rejected(
                flowWhen(answer(200, "text/html", "<!DOCTYPE HTML>\n<html><body>Maintenance</body></html>")),
                "web page");
        rejected(flowWhen(answer(200, "text/html", "<html>" + TOKEN)), "web page");
        rejected(flowWhen(answer(200, "application/json", "{\"error\": \"" + TOKEN + "\"}")), "not well-formed XML");
        rejected(
                flowWhen(answer(200, "text/xml", new String(FORTH, StandardCharsets.UTF_8).replace("</Period>", ""))),
                "not well-formed");
        rejected(
                flowWhen(answer(200, "text/xml", "<GL_MarketDocument><type>A11</type></GL_MarketDocument>")),
                "GL_MarketDocument");
        rejected(
                flowWhen(answer(200, "text/xml", new MarketText("A75").xml())), "of type 'A75', but was asked for A11");
        rejected(flowWhen(answer(400, "", "")), "answered 400");
        rejected(flowWhen(answer(404, "text/html", "<html>Not found</html>")), "answered 404");
        rejected(flowWhen(answer(400, "text/xml", FORTH)), "answered 400");
    }

    @Test
    void aBombIsRejectedBeforeItGoesOff() throws InterruptedException {
        StringBuilder bomb = new StringBuilder(
                "<?xml version=\"1.0\"?>\n<!DOCTYPE Publication_MarketDocument [\n<!ENTITY a0 \"ha\">\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">\n");
        }
        bomb.append("]>\n<Publication_MarketDocument><type>&a29;</type></Publication_MarketDocument>");
        rejected(flowWhen(answer(200, "text/xml", bomb.toString())), "declares a document type");
        rejected(
                flowWhen(answer(
                        200,
                        "text/xml",
                        "<!DOCTYPE x SYSTEM \"" + platform.address() + "/x.dtd\"><Publication_MarketDocument/>")),
                "declares a document type");
        assertThat(platform.requests()).hasSize(2);
        rejected(
                flowWhen(answer(
                        200, "text/xml", "<Publication_MarketDocument><type>&a;</type></Publication_MarketDocument>")),
                "127.0.0.1 answered 200");
        rejected(flowWhen(answer(200, "text/xml", "<Publication_MarketDocument>" + "<a>".repeat(50_000))), "deep");
    }

    @Test
    void aDocumentInAnotherCharsetThanItSaysIsRejected() throws InterruptedException {
        String accented = new String(FORTH, StandardCharsets.UTF_8).replace("<type>", "<name>Énergie</name><type>");
        rejected(
                flowWhen(answer(200, "text/xml", accented.getBytes(StandardCharsets.ISO_8859_1))),
                "says that it is in UTF-8");
        rejected(flowWhen(answer(200, "text/xml", accented.getBytes(StandardCharsets.UTF_16))), "UTF-16");
        rejected(
                flowWhen(answer(
                        200, "text/xml", accented.replace("UTF-8", "UTF-16").getBytes(StandardCharsets.UTF_8))),
                "says that it is in UTF-16");
        rejected(
                flowWhen(answer(200, "text/xml", accented.replace("UTF-8", "US-ASCII"))),
                "says that it is in US-ASCII");
        platform.always(null);
        platform.serve(accented.replace("UTF-8", "ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ask("flow FR-GB")).isInstanceOf(Fetched.class);
        platform.serve(("\uFEFF" + accented).getBytes(StandardCharsets.UTF_8));
        assertThat(ask("flow FR-GB")).isInstanceOf(Fetched.class);
    }

    @Test
    void pricesSayInWhichCurrencyTheyAre() throws InterruptedException {
        MarketText pounds = new MarketText("A44")
                .series(
                        FR,
                        FR,
                        List.of("currency_Unit.name=GBP", "price_Measure_Unit.name=MWH", "curveType=A03"),
                        MarketText.prices(TEN, NOON, "PT60M", "1=71.5"));
        platform.serve(pounds.xml().getBytes(StandardCharsets.UTF_8));
        ReadReplies read = Recorded.read(((Fetched) ask("price FR")).document());
        assertThat(read.unit()).isEqualTo("GBP/MWh");
        assertThat(read.rows()).hasSize(2);

        pounds.series(FR, FR, List.of("currency_Unit.name=EUR", "price_Measure_Unit.name=MWH"));
        platform.serve(pounds.xml().getBytes(StandardCharsets.UTF_8));
        rejected(ask("price FR"), "Expected prices of one currency, but got [EUR, GBP]");
    }

    @Test
    void whatNobodyKnowsIsNotAsked() throws InterruptedException {
        rejected(ask("flow FR-XX"), "The zone XX is not known");
        rejected(ask("price YY"), "The zone YY is not known");
        rejected(ask("weather FR"), "Expected a question such as 'flow FR-GB'");
        rejected(ask("flow FR"), "Expected a border");
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void allRequestsAreOfOneBudget() throws InterruptedException {
        List<Duration> pauses = new ArrayList<>();
        long[] now = {0};
        RequestBudget budget = new RequestBudget(3, Duration.ofMinutes(1), new RequestBudget.Time() {
            @Override
            public long nanos() {
                return now[0];
            }

            @Override
            public void pause(Duration duration) {
                pauses.add(duration);
                now[0] += duration.toNanos();
            }
        });
        EntsoeSource frugal = new EntsoeSource(
                platform.address(), () -> new Secret(TOKEN), Grid.aroundGreatBritain(), clock, web, budget);
        ask(frugal, "flow FR-GB");
        ask(frugal, "flow BE-GB");
        assertThat(pauses).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void aBaseWithAQueryOfItsOwnKeepsIt() throws InterruptedException {
        ask(source(URI.create(platform.address() + "?mirror=1"), web, TOKEN), "flow FR-GB");
        assertThat(platform.requests().getFirst().query())
                .containsEntry("mirror", "1")
                .containsEntry("documentType", "A11");
    }
}
