package io.tallywatt.collectors.elexon;

import static io.tallywatt.collectors.web.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallywatt.collectors.web.RequestBudget;
import io.tallywatt.collectors.web.ScriptedServer;
import io.tallywatt.collectors.web.ScriptedServer.Reaction;
import io.tallywatt.collectors.web.Web;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.time.Interval;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks a real server, which does what servers do. */
class ElexonSourceTest {
    private static final Instant NOW = Instant.parse("2024-02-12T17:51:02Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Question QUESTION =
            new Question("fuelinst", window("2024-02-12T17:00:00Z", "2024-02-12T18:00:00Z"));
    private static final String ROWS =
            "[{\"publishTime\":\"2024-02-12T17:50:00Z\",\"fuelType\":\"INTFR\",\"generation\":267}]";
    private static final String JSON = "application/json; charset=utf-8";

    private final Web web = new Web(Duration.ofSeconds(10), 100_000, "Tallywatt test");
    private final Web hurried = new Web(Duration.ofMillis(100), 100_000, "Tallywatt test");

    @AfterEach
    void close() {
        web.close();
        hurried.close();
    }

    private static Interval window(String from, String to) {
        return new Interval(Instant.parse(from), Instant.parse(to));
    }

    private static ElexonSource source(URI base, Web web) {
        return new ElexonSource(base, web, RequestBudget.perMinute(1000), CLOCK);
    }

    private ElexonSource source() {
        return source(ElexonSource.BASE, web);
    }

    private Reply ask(Reaction reaction) throws InterruptedException {
        return ask(web, reaction);
    }

    private static Reply ask(Web web, Reaction reaction) throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(request -> reaction)) {
            return source(server.at("/bmrs/api/v1/"), web).ask(QUESTION);
        }
    }

    private static Reply.Throttled throttled(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Throttled.class);
        return (Reply.Throttled) reply;
    }

    @Test
    void asksForTheCablesOfAWindowWithBothBoundsAMinuteLater() throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(request -> answer(200, JSON, ROWS))) {
            ElexonSource source = source(server.at("/bmrs/api/v1/"), web);
            assertThat(source.address(QUESTION).toString())
                    .endsWith("/bmrs/api/v1/datasets/FUELINST/stream?publishDateTimeFrom=2024-02-12T17:01:00Z"
                            + "&publishDateTimeTo=2024-02-12T18:01:00Z&fuelType=INTFR&fuelType=INTIFA2&fuelType=INTELEC"
                            + "&fuelType=INTNED&fuelType=INTNEM&fuelType=INTNSL&fuelType=INTVKL&fuelType=INTIRL"
                            + "&fuelType=INTEW&fuelType=INTGRNL&format=json");
            source.ask(QUESTION);
            assertThat(server.requests()).hasSize(1);
            ScriptedServer.Request request = server.requests().getFirst();
            assertThat(request.path()).isEqualTo("/bmrs/api/v1/datasets/FUELINST/stream");
            assertThat(request.query())
                    .containsEntry("publishDateTimeFrom", "2024-02-12T17:01:00Z")
                    .containsEntry("publishDateTimeTo", "2024-02-12T18:01:00Z");
            assertThat(request.headers()).containsEntry("accept", "application/json");
        }
    }

    @Test
    void whatIsFetchedIsADocumentThatTheFormatReads() throws InterruptedException {
        Reply.Fetched fetched = (Reply.Fetched) ask(answer(200, JSON, ROWS));
        assertThat(fetched.at()).isEqualTo(NOW);
        TakenIn taken = TakenIn.of(fetched.document(), 1 << 20);
        assertThat(taken.latest().get("border/FR-GB/flow/IFA")).isEqualByComparingTo("267");
        Reply.Fetched enveloped = (Reply.Fetched) ask(answer(200, JSON, "{\"data\":" + ROWS + "}"));
        assertThat(enveloped.fingerprint()).isEqualTo(fetched.fingerprint());
        Reply.Fetched other = (Reply.Fetched) ask(answer(200, JSON, ROWS.replace("267", "268")));
        assertThat(other.fingerprint()).isNotEqualTo(fetched.fingerprint());
    }

    @Test
    void rowsThatCannotBeReadAreFetchedAllTheSame() throws InterruptedException {
        Reply.Fetched fetched = (Reply.Fetched) ask(answer(200, JSON, ROWS.replace("267", "\"267\"")));
        assertThat(TakenIn.of(fetched.document(), 1 << 20).rejects).hasSize(1);
    }

    @Test
    void anEmptyListIsNotYetPublished() throws InterruptedException {
        assertThat(ask(answer(200, JSON, "[]"))).isInstanceOf(Reply.NotYetPublished.class);
        assertThat(ask(answer(200, JSON, "{\"data\":[]}"))).isInstanceOf(Reply.NotYetPublished.class);
        assertThat(ask(answer(204, "", ""))).isInstanceOf(Reply.NotYetPublished.class);
    }

    @Test
    void tooManyRequestsWaitAsLongAsTheyAreTold() throws InterruptedException {
        Reply.Throttled told = throttled(ask(answer(429, "text/plain", "Slow down", "Retry-After: 17")));
        assertThat(told.pause()).isEqualTo(Duration.ofSeconds(17));
        assertThat(told.why()).contains("429").contains("Slow down");
        assertThat(throttled(ask(answer(429, "text/plain", ""))).pause()).isEqualTo(Duration.ofMinutes(1));
        assertThat(throttled(ask(answer(429, "", "", "Retry-After: 99999999"))).pause())
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void whatMayPassIsThrottled(int status) throws InterruptedException {
        Reply.Throttled told = throttled(ask(answer(status, "text/html", "<html><body>Bad\n\tgateway</body></html>")));
        assertThat(told.why()).contains(Integer.toString(status)).contains("Bad gateway");
        assertThat(told.pause()).isPositive();
    }

    @Test
    void aBadRequestIsRejectedWithTheWordsOfTheApi() throws InterruptedException {
        Reply reply = ask(
                answer(
                        400,
                        "application/problem+json",
                        "{\"title\":\"One or more validation errors occurred.\",\"errors\":{\"fuelType\":[\"No such type\"]}}"));
        assertThat(reply).isInstanceOf(Reply.Rejected.class);
        assertThat(((Reply.Rejected) reply).why())
                .contains("400")
                .contains("validation errors")
                .contains("No such type");
        assertThat(ask(answer(404, "text/html", "x".repeat(5000))))
                .isInstanceOfSatisfying(
                        Reply.Rejected.class, r -> assertThat(r.why()).hasSizeLessThan(400));
    }

    @Test
    void aMoveIsNotFollowedAndNamed() throws InterruptedException {
        Reply reply = ask(answer(301, "", "", "Location: https://elsewhere.example/new?a=b"));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Rejected.class,
                        r -> assertThat(r.why())
                                .contains("301")
                                .contains("https://elsewhere.example")
                                .doesNotContain("a=b"));
    }

    @Test
    void pagesAndBrokenAnswersAreForTheNextTime() throws InterruptedException {
        byte[] rows = ROWS.getBytes(StandardCharsets.UTF_8);
        assertThat(throttled(ask(answer(200, "text/html", "<!DOCTYPE html><h1>Maintenance</h1>")))
                        .why())
                .contains("<!DOCTYPE html>");
        throttled(ask(answer(200, JSON, "")));
        throttled(ask(ScriptedServer.cutOff(40, JSON, rows)));
        throttled(ask(ScriptedServer.droppedAtOnce()));
        throttled(ask(ScriptedServer.droppedAfter(40, JSON, rows)));
        throttled(ask(ScriptedServer.resetAfter(40, JSON, rows)));
        throttled(ask(hurried, ScriptedServer.drip(JSON, rows, 10)));
        throttled(ask(hurried, ScriptedServer.silent()));
    }

    @Test
    void nobodyThereIsForTheNextTimeToo() throws InterruptedException {
        URI gone;
        try (ScriptedServer server = new ScriptedServer(request -> answer(200, JSON, ROWS))) {
            gone = server.at("/");
        }
        assertThat(throttled(source(gone, web).ask(QUESTION)).why()).contains("127.0.0.1");
    }

    @Test
    void anEndlessAnswerIsGivenUp() throws InterruptedException {
        assertThat(ask(ScriptedServer.endless(JSON, "[1,"))).isInstanceOf(Reply.Rejected.class);
    }

    private List<Question> flows(String from, String to) {
        return source().questions(window(from, to)).stream()
                .filter(q -> q.what().equals("fuelinst"))
                .toList();
    }

    private List<Question> prices(String from, String to) {
        return source().questions(window(from, to)).stream()
                .filter(q -> q.what().equals("system-prices"))
                .toList();
    }

    @Test
    void pricesAreAskedForByLondonsDates() {
        assertThat(prices("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"))
                .extracting(Question::window)
                .containsExactly(
                        window("2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z"),
                        // 23 hours long, and begun in winter time.
                        window("2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"));
        assertThat(prices("2026-07-01T22:55:00Z", "2026-07-01T23:05:00Z"))
                .extracting(q -> source().address(q).toString())
                .containsExactly(
                        ElexonSource.BASE + "/balancing/settlement/system-prices/2026-07-01?format=json",
                        ElexonSource.BASE + "/balancing/settlement/system-prices/2026-07-02?format=json");
    }

    @Test
    void aDayOfPricesIsKnownByWhatItSaysOfThem() throws InterruptedException {
        String rows = "{\"data\":[{\"startTime\":\"2026-07-01T00:00:00Z\",\"createdDateTime\":\"2026-07-01T00:%s:00Z\","
                + "\"systemSellPrice\":%s,\"systemBuyPrice\":%s}]}";
        Question question =
                prices("2026-07-01T10:00:00Z", "2026-07-01T11:00:00Z").getFirst();
        String first = fetched(question, rows.formatted("45", "81.5", "81.5"));
        assertThat(fetched(question, rows.formatted("50", "81.50", "81.5"))).isEqualTo(first);
        assertThat(fetched(question, rows.formatted("45", "82", "82"))).isNotEqualTo(first);
    }

    private static String fetched(Question question, String body) throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(request -> ScriptedServer.answer(200, JSON, body));
                Web web = new Web()) {
            ElexonSource source =
                    new ElexonSource(server.at("/bmrs/api/v1"), web, RequestBudget.perMinute(60), Clock.systemUTC());
            return ((Reply.Fetched) source.ask(question)).fingerprint();
        }
    }

    @Test
    void aDayIsOneQuestionAndTheHourThatRunsIsItsOwn() {
        assertThat(flows("2024-02-12T00:00:00Z", "2024-02-13T00:00:00Z"))
                .extracting(Question::window)
                .containsExactly(window("2024-02-12T00:00:00Z", "2024-02-13T00:00:00Z"));
        assertThat(flows("2024-02-11T17:52:00Z", "2024-02-12T17:52:00Z"))
                .extracting(Question::window)
                .containsExactly(
                        window("2024-02-11T17:00:00Z", "2024-02-12T17:00:00Z"),
                        window("2024-02-12T17:00:00Z", "2024-02-12T18:00:00Z"));
        // Five minutes later the same, so that replies can be compared.
        assertThat(source().questions(window("2024-02-11T17:57:00Z", "2024-02-12T17:57:00Z")))
                .isEqualTo(source().questions(window("2024-02-11T17:52:00Z", "2024-02-12T17:52:00Z")));
        assertThat(flows("2024-02-12T17:10:00Z", "2024-02-12T17:15:00Z"))
                .extracting(Question::window)
                .containsExactly(window("2024-02-12T17:00:00Z", "2024-02-12T18:00:00Z"));
    }

    @Test
    void longWindowsAreCutAtMidnightsAndCoveredWithoutAGap() {
        List<Question> questions = flows("2024-02-10T06:00:00Z", "2024-02-14T06:30:00Z");
        assertThat(questions)
                .extracting(q -> q.window().start().toString())
                .containsExactly(
                        "2024-02-10T06:00:00Z",
                        "2024-02-11T00:00:00Z",
                        "2024-02-12T00:00:00Z",
                        "2024-02-13T00:00:00Z",
                        "2024-02-14T00:00:00Z",
                        "2024-02-14T06:00:00Z");
        for (int i = 1; i < questions.size(); i++) {
            assertThat(questions.get(i).window().start())
                    .isEqualTo(questions.get(i - 1).window().end());
        }
        assertThat(questions.getLast().window().end()).isEqualTo(Instant.parse("2024-02-14T07:00:00Z"));
        assertThat(source().window()).isEqualTo(Duration.ofDays(1));
        assertThat(source().every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(source().name()).isEqualTo("elexon");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        for (String wrong : List.of("data.elexon.co.uk", "ftp://data.elexon.co.uk", "https://", "https://a?b=c")) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(
                            () -> source(wrong.equals("https://") ? URI.create("https:///") : URI.create(wrong), web));
        }
    }
}
