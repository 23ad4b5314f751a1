package io.tallywatt.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, from where, by which method and at which address; how long an answer holds. */
class StrangersIT {
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    private static final String TOTAL = "/api/v1/consumption/total/2024-01-01";
    private static final String ODD = "series/meter/Gr~C3~BCn~2F1~20a/consumption";

    private static Caller caller;

    @BeforeAll
    static void data() {
        caller = new Caller(SERVER);
        assertThat(caller.post("/api/v1/files?name=a.csv&zone=UTC", MeterFile.of("S", 2, 2, "0.5"))
                        .status())
                .isEqualTo(201);
        String odd = MeterFile.header() + MeterFile.row("Grün/1 a", MeterFile.FIRST, "1");
        assertThat(caller.post("/api/v1/files?name=odd.csv&zone=UTC", odd).status())
                .isEqualTo(201);
    }

    private static String raw(String request) throws IOException {
        try (RawConnection connection = new RawConnection(SERVER)) {
            String answer = connection
                    .send(request.replace("PORT", Integer.toString(SERVER.port()))
                            .replace("\n", "\r\n"))
                    .readAll();
            assertThat(answer)
                    .doesNotContainIgnoringCase("<html")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
            return answer;
        }
    }

    private static String asked(String method, String path, String headers) throws IOException {
        return raw(method + " " + path + " HTTP/1.1\n" + headers + "Connection: close\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:PORT, 200",
        "localhost:PORT, 200",
        "LocalHost:PORT, 200",
        "localhost, 200",
        "[::1]:PORT, 200",
        "[::1], 200",
        "evil.example, 421",
        "evil.example:PORT, 421",
        "127.0.0.1.evil.example:PORT, 421",
        "localhost.evil.example, 421",
        "evil.example#localhost, 400",
        "[::2]:PORT, 421",
        "127.0.0.2:PORT, 421"
    })
    void onlyItsOwnNamesAreAnswered(String host, int status) throws IOException {
        String answer = asked("GET", TOTAL, "Host: " + host + "\n");
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
        if (status == 421) {
            assertThat(answer).contains(ApiDocument.PROBLEM).contains("tallywatt.hosts");
        }
    }

    @Test
    void withoutAHostNobodyIsAnswered() throws IOException {
        assertThat(RawConnection.status(asked("GET", TOTAL, ""))).isIn(400, 421);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:PORT, 200",
        "HTTP://127.0.0.1:PORT, 200",
        "https://127.0.0.1:PORT, 200",
        "http://localhost:PORT, 403",
        "http://127.0.0.1, 403",
        "http://127.0.0.1:1, 403",
        "http://evil.example, 403",
        "http://evil.example@127.0.0.1:PORT, 403",
        "null, 403",
        "junk, 403",
        "http://[, 403"
    })
    void pagesOfOtherOriginsMayNotAsk(String origin, int status) throws IOException {
        for (String method : List.of("GET", "OPTIONS")) {
            String answer = asked(method, TOTAL, "Host: 127.0.0.1:PORT\nOrigin: " + origin + "\n");
            assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
            assertThat(answer).doesNotContainIgnoringCase("Access-Control-Allow");
        }
        String posted = asked(
                "POST",
                "/api/v1/files?name=" + System.nanoTime() + "&zone=UTC",
                "Host: 127.0.0.1:PORT\nOrigin: " + origin + "\nContent-Length: 0\n");
        assertThat(RawConnection.status(posted)).as(posted).isEqualTo(status == 403 ? 403 : 422);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, cross-site, navigate, 403",
        "POST, same-site, cors, 403",
        "POST, same-origin, cors, 404",
        "POST, none, navigate, 404",
        "GET, cross-site, no-cors, 403",
        "GET, cross-site, navigate, 405",
        "GET, same-origin, cors, 405",
        "GET, none, navigate, 405"
    })
    void formsAndImagesOfOtherPagesAreRefused(String method, String site, String mode, int status) throws IOException {
        String answer = asked(
                method,
                "/api/v1/files/999/withdraw",
                "Host: 127.0.0.1:PORT\nSec-Fetch-Site: " + site + "\nSec-Fetch-Mode: " + mode
                        + "\nContent-Length: 0\n");
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
    }

    @Test
    void anAnswerHoldsUntilSomethingChanges() {
        String path = "/api/v1/consumption/total/2024-02-01";
        Caller.Answer first = caller.get(path);
        String tag = first.header("ETag");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(caller.get(path, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(caller.get(path, "If-None-Match", "\"other\", " + tag).status())
                .isEqualTo(304);
        assertThat(caller.get(path, "If-None-Match", "W/" + tag).status()).isEqualTo(304);
        assertThat(caller.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(caller.get(path, "If-None-Match", "junk").status()).isEqualTo(200);
        assertThat(caller.get(path, "Accept", "text/csv", "If-None-Match", tag).status())
                .as("another form has another tag")
                .isEqualTo(200);
        assertThat(caller.post(
                                "/api/v1/files?name=correction.csv&zone=UTC",
                                MeterFile.header() + MeterFile.row("T1", MeterFile.FIRST.plusDays(31), "0.25"))
                        .status())
                .isEqualTo(201);
        Caller.Answer after = caller.get(path, "If-None-Match", tag);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("ETag")).isNotEqualTo(tag);
        assertThat(after.json().get("total").decimalValue()).isEqualByComparingTo("12");
    }

    @Test
    void onlyWhatIsWellPastHoldsForEver() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(caller.get(TOTAL + "?asOf=" + now.minusSeconds(3600)).header("Cache-Control"))
                .contains("immutable")
                .contains("max-age=31536000");
        for (Instant recent : List.of(now, now.minusSeconds(60), now.plusSeconds(3600))) {
            assertThat(caller.get(TOTAL + "?asOf=" + recent).header("Cache-Control"))
                    .isEqualTo("no-cache");
        }
    }

    @Test
    void headIsAnsweredWhereverGetIs() {
        for (String path :
                List.of(TOTAL, "/api/v1/series", "/api/v1/series/meter/S1/consumption/readings", "/api/v1/files/1")) {
            Caller.Answer head = caller.send("HEAD", path, new byte[0]);
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isEmpty();
            assertThat(head.header("ETag")).isEqualTo(caller.get(path).header("ETag"));
        }
        assertThat(caller.send("HEAD", "/api/v1/files/999", new byte[0]).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | consumption/total/2024-01-01 | GET, HEAD, OPTIONS",
                "POST | consumption/daily | GET, HEAD, OPTIONS",
                "PUT | files | GET, HEAD, OPTIONS, POST",
                "PATCH | files/1 | GET, HEAD, OPTIONS",
                "GET | files/1/retry | OPTIONS, POST",
                "GET | readings | OPTIONS, POST",
                "DELETE | series | GET, HEAD, OPTIONS",
                "PUT | series/meter/S1/consumption | GET, HEAD, OPTIONS",
                "POST | series/meter/S1/consumption/readings/ | GET, HEAD, OPTIONS"
            })
    void anotherMethodIsToldWhichThereAre(String method, String path, String allowed) {
        Caller.Answer answer = caller.send(method, "/api/v1/" + path, new byte[0]);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
        Caller.Answer options = caller.send("OPTIONS", "/api/v1/" + path, new byte[0]);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v1/nothing",
                "/api/v1/consumption",
                "/api/v1/consumption/total",
                "/api/v1/consumption/total/",
                "/api/v1/consumption/total/2024-01-01/more",
                "/api/v1/files/1/more",
                "/api/v2/files",
                "/index.html",
                "/favicon.ico",
                "/api/v1/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/q/dev",
                "/docs/nothing"
            })
    void whatIsNotThereIsAProblem(String path) throws IOException {
        String answer = asked("GET", path, "Host: 127.0.0.1:PORT\n");
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(404);
    }

    @Test
    void aSlashMoreOrLessIsNoMatter() {
        assertThat(caller.get(TOTAL + "/").json()).isEqualTo(caller.get(TOTAL).json());
        assertThat(caller.get("/api/v1/series/meter/S1/consumption/").json())
                .isEqualTo(caller.get("/api/v1/series/meter/S1/consumption").json());
    }

    @Test
    void namesOfSeriesMayBeEncodedOnceMore() {
        String name = "meter/Gr~C3~BCn~2F1~20a/consumption";
        for (String path : List.of(ODD, ODD.replace("~", "%7E"), ODD.replace("~", "%7e"))) {
            assertThat(caller.get("/api/v1/" + path).json().get("series").asText())
                    .isEqualTo(name);
            assertThat(caller.get("/api/v1/" + path + "/readings?every=P1D")
                            .json()
                            .at("/items/0/value")
                            .decimalValue())
                    .isEqualByComparingTo("48");
            assertThat(caller.get("/api/v1/" + path + "/explain/2024-01-01")
                            .json()
                            .at("/blocks/0/series")
                            .asText())
                    .isEqualTo(name);
        }
        assertThat(caller.get("/api/v1/consumption/daily?series=" + name)
                        .json()
                        .at("/items/0/total")
                        .decimalValue())
                .isEqualByComparingTo("48");
        assertThat(caller.get("/api/v1/series/meter/Gr%C3%BCn~2F1~20a/consumption")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"search=%25ZZ, 200", "search=%ZZ, 400", "search=%, 400", "search=%FF%FE, 200", "search=%00, 200"})
    void oddAddressesDoNoHarm(String query, int status) throws IOException {
        String answer = asked("GET", "/api/v1/series?" + query, "Host: 127.0.0.1:PORT\n");
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
    }

    @Test
    void longAddressesAndHeadersAreRefusedInShort() throws IOException {
        String tooLong = asked("GET", "/api/v1/series?search=" + "a".repeat(5000), "Host: 127.0.0.1:PORT\n");
        assertThat(RawConnection.status(tooLong)).isEqualTo(400);
        assertThat(tooLong).contains("\"parameter\":\"search\"");
        assertThat(RawConnection.status(asked("GET", "/api/v1/series/" + "a".repeat(20_000), "Host: 127.0.0.1:PORT\n")))
                .isEqualTo(414);
        assertThat(RawConnection.status(asked("GET", TOTAL, "Host: 127.0.0.1:PORT\nX: " + "a".repeat(20_000) + "\n")))
                .isEqualTo(431);
        assertThat(caller.get(TOTAL).status()).isEqualTo(200);
    }

    @Test
    void junkIsNotAnsweredWithMore() throws IOException {
        assertThat(RawConnection.status(raw("GET\n\n"))).isIn(0, 400);
        assertThat(RawConnection.status(raw("\u0016\u0003\u0001 hello\n\n"))).isIn(0, 400);
        assertThat(RawConnection.status(
                        asked("POST", "/api/v1/files?name=a", "Host: 127.0.0.1:PORT\nContent-Length: -5\n")))
                .isEqualTo(400);
        assertThat(caller.get(TOTAL).status()).isEqualTo(200);
    }
}
