package io.tallywatt.collectors.web;

import static io.tallywatt.collectors.web.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.collectors.web.Answer.Body;
import io.tallywatt.collectors.web.Answer.Failed;
import io.tallywatt.collectors.web.Answer.Failure;
import io.tallywatt.collectors.web.ScriptedServer.Reaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebTest {
    private static final String TOKEN = "0c6e5f7a-secret";
    private static final byte[] TEXT = "0123456789".repeat(100).getBytes(StandardCharsets.UTF_8);

    private final Web web = new Web(Duration.ofSeconds(10), 10_000, "Tallywatt test");
    private final Web hurried = new Web(Duration.ofMillis(100), 10_000, "Tallywatt test");

    @AfterEach
    void close() {
        web.close();
        hurried.close();
    }

    private static Answer ask(Web web, Reaction reaction) throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(request -> reaction)) {
            return web.get(server.at("/api?securityToken=" + TOKEN), Map.of());
        }
    }

    private static void failed(Answer answer, Failure failure) {
        assertThat(answer).isInstanceOf(Failed.class);
        assertThat(((Failed) answer).failure()).isEqualTo(failure);
        assertThat(answer.toString()).doesNotContain(TOKEN).doesNotContain("/api");
        assertThat(((Failed) answer).why()).contains("127.0.0.1");
    }

    @Test
    void givesTheBodyWithWhatBelongsToIt() throws InterruptedException {
        try (ScriptedServer server =
                new ScriptedServer(r -> answer(503, "text/plain", "Busy", "Retry-After: 7", "X-Other: 1"))) {
            Body body = (Body) web.get(server.at("/api?a=b%20c"), Map.of("X-Mine", "yes"));

            assertThat(body.status()).isEqualTo(503);
            assertThat(body.contentType()).isEqualTo("text/plain");
            assertThat(body.retryAfter()).isEqualTo("7");
            assertThat(body.movedTo()).isNull();
            assertThat(body.bytes()).asString().isEqualTo("Busy");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().getFirst().query()).isEqualTo(Map.of("a", "b c"));
            assertThat(server.requests().getFirst().headers())
                    .containsEntry("user-agent", "Tallywatt test")
                    .containsEntry("x-mine", "yes");
        }
    }

    @Test
    void redirectsAreNotFollowedAndOnlyTheirHostIsTold() throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(
                r -> answer(302, "", "", "Location: https://elsewhere.example:8443/x?securityToken=" + TOKEN))) {
            Answer answer = web.get(server.at("/api?securityToken=" + TOKEN), Map.of());

            assertThat(((Body) answer).status()).isEqualTo(302);
            assertThat(((Body) answer).movedTo()).hasToString("https://elsewhere.example:8443");
            assertThat(answer.toString()).doesNotContain(TOKEN);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aPortThatNobodyListensOnCannotBeReached() throws InterruptedException, IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        failed(
                web.get(URI.create("http://127.0.0.1:" + port + "/api?securityToken=" + TOKEN), Map.of()),
                Failure.NOT_REACHED);
    }

    @Test
    void aNameThatIsNotKnownCannotBeReached() throws InterruptedException {
        Answer answer = web.get(URI.create("http://nowhere.invalid/api?securityToken=" + TOKEN), Map.of());

        assertThat(answer).isInstanceOf(Failed.class);
        assertThat(((Failed) answer).failure()).isEqualTo(Failure.NOT_REACHED);
        assertThat(((Failed) answer).why()).contains("nowhere.invalid").doesNotContain(TOKEN);
    }

    @Test
    void aServerThatSpeaksNoTlsIsNotTrusted() throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(r -> answer(200, "text/plain", "x"))) {
            URI address = URI.create(
                    server.at("/api?securityToken=" + TOKEN).toString().replace("http:", "https:"));
            Answer answer = web.get(address, Map.of());

            failed(answer, Failure.NOT_TRUSTED);
        }
    }

    @Test
    void aConnectionThatEndsEarlyIsDropped() throws InterruptedException {
        failed(ask(web, ScriptedServer.droppedAfter(300, "text/plain", TEXT)), Failure.DROPPED);
        failed(ask(web, ScriptedServer.resetAfter(300, "text/plain", TEXT)), Failure.DROPPED);
        failed(ask(web, c -> c.write("HTTP/1.1 200 OK\r\nTransfer-Enc")), Failure.DROPPED);
        failed(
                ask(web, c -> c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nless than promised")),
                Failure.DROPPED);
        failed(ask(web, c -> c.write("Not HTTP at all\r\n\r\n")), Failure.DROPPED);
    }

    /** The JDK's client asks a second time by itself if not one byte came; never more often. */
    @Test
    void aConnectionThatEndsWithoutAByteIsDropped() throws InterruptedException {
        try (ScriptedServer server = new ScriptedServer(r -> ScriptedServer.droppedAtOnce())) {
            failed(web.get(server.at("/api?securityToken=" + TOKEN), Map.of()), Failure.DROPPED);
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void silenceIsTooSlowAndSoIsABodyThatTrickles() throws InterruptedException {
        failed(ask(hurried, ScriptedServer.silent()), Failure.TOO_SLOW);
        failed(ask(hurried, ScriptedServer.drip("text/plain", TEXT, 5)), Failure.TOO_SLOW);
    }

    @Test
    void aBodyWithoutEndIsRefusedWhileItComes() throws InterruptedException {
        failed(ask(web, ScriptedServer.endless("text/plain", "again and again ")), Failure.TOO_LONG);
        failed(ask(web, c -> c.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx")), Failure.TOO_LONG);
    }

    @Test
    void aBodyOfTheGreatestLengthIsTaken() throws InterruptedException {
        Answer answer = ask(web, answer(200, "text/plain", "x".repeat(10_000)));

        assertThat(((Body) answer).bytes()).hasSize(10_000);
        failed(ask(web, answer(200, "text/plain", "x".repeat(10_001))), Failure.TOO_LONG);
    }

    @Test
    void anAddressThatIsNoneIsNotQuoted() {
        assertThatThrownBy(() -> web.get(URI.create("ftp://h/api?securityToken=" + TOKEN), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(TOKEN)
                .hasNoCause();
    }
}
