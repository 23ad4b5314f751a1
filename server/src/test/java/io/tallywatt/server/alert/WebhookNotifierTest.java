package io.tallywatt.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.Given;
import io.tallywatt.core.alert.Notifier.NotSent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookNotifierTest {
    private static final String PATH = "/services/T0/B0/pathsecret";
    private static final Secret AUTHORIZATION = new Secret("Bearer headersecret");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Hook hook;

    @BeforeEach
    void start() throws IOException {
        hook = new Hook();
    }

    @AfterEach
    void stop() {
        hook.close();
    }

    private static WebhookNotifier notifier(URI address, Secret authorization, String topic, Duration timeout) {
        return new WebhookNotifier(
                new AlertSettings.Webhook(address, authorization, topic),
                Given.TEXT,
                Clock.fixed(Given.T, ZoneOffset.UTC),
                timeout);
    }

    private void send(Alert alert, String topic) throws Exception {
        try (WebhookNotifier notifier = notifier(hook.address(PATH), AUTHORIZATION, topic, PATIENCE)) {
            notifier.send(alert);
        }
    }

    private static NotSent failure(WebhookNotifier notifier) {
        try (notifier) {
            NotSent failure = catchThrowableOfType(NotSent.class, () -> notifier.send(Given.found()));
            assertThat(failure).as("it should not have been sent").isNotNull();
            assertThat(failure.getMessage()).doesNotContain("secret").doesNotContain("\n");
            assertThat(failure.getCause()).isNull();
            return failure;
        }
    }

    private NotSent failure() {
        return failure(notifier(hook.address(PATH), AUTHORIZATION, null, PATIENCE));
    }

    @Test
    void postsJsonThatSlackAndProgramsRead() throws Exception {
        send(Given.found(), null);

        Hook.Posted posted = hook.posted.getFirst();
        assertThat(posted.method()).isEqualTo("POST");
        assertThat(posted.path()).isEqualTo(PATH);
        assertThat(posted.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(posted.headers().getFirst("Authorization")).isEqualTo("Bearer headersecret");
        JsonNode json = posted.json();
        assertThat(json.get("text").asText())
                .isEqualTo(Given.TEXT.title(Given.found()) + "\n"
                        + Given.TEXT.body(Given.found()).replace("&", "&amp;"));
        assertThat(posted.body().substring(posted.body().indexOf("\"alert\":"))).isEqualTo("""
                "alert":{"kind":"FOUND","series":"site/site1/generation","rule":"SPIKE","severity":"CRITICAL",\
                "at":"2026-06-01T10:00:00Z","count":1,"heldBack":0,"findings":[
                {"start":"2026-06-01T09:55:00Z","end":"2026-06-01T10:00:00Z","severity":"CRITICAL","confidence":0.9,\
                "observed":"41.5 kWh","expected":"at most 12 kWh","value":41.5,"low":0,"high":12,\
                "foundAt":"2026-06-01T10:00:00Z","resolvedAt":null}
                ]}}
                """);
    }

    @Test
    void saysThatItIsOver() throws Exception {
        send(Given.resolved(), null);

        JsonNode alert = hook.posted.getFirst().json().get("alert");
        assertThat(alert.get("kind").asText()).isEqualTo("RESOLVED");
        assertThat(alert.get("findings").get(0).get("resolvedAt").asText()).isEqualTo("2026-06-01T10:09:00Z");
    }

    @Test
    void postsWhatNtfyReads() throws Exception {
        send(Given.found(), "sites");
        send(Given.resolved(), "sites");

        JsonNode found = hook.posted.getFirst().json();
        assertThat(found.properties().stream().map(e -> e.getKey()))
                .containsExactly("topic", "title", "message", "priority", "tags");
        assertThat(found.get("topic").asText()).isEqualTo("sites");
        assertThat(found.get("title").asText()).isEqualTo(Given.TEXT.title(Given.found()));
        assertThat(found.get("message").asText()).isEqualTo(Given.TEXT.body(Given.found()));
        assertThat(found.get("priority").asInt()).isEqualTo(4);
        assertThat(found.get("tags")).hasToString("[\"rotating_light\",\"spike\"]");
        JsonNode resolved = hook.posted.getLast().json();
        assertThat(resolved.get("priority").asInt()).isEqualTo(2);
        assertThat(resolved.get("tags")).hasToString("[\"white_check_mark\",\"spike\"]");
    }

    @Test
    void whatComesFromOutsideStaysWithinTheLimitsAndWakesNobody() throws Exception {
        send(Given.hostile(), null);
        send(Given.hostile(), "sites");

        assertThat(hook.posted.getFirst().json().get("text").asText())
                .doesNotContain("<!channel>")
                .contains("&lt;!channel&gt;");
        assertThat(hook.posted.getFirst().json().get("alert").get("series").asText())
                .startsWith("sitex  Bcc: victim@example.org")
                .contains("~0D~0ABcc:~20victim~40example.org");
        Hook.Posted ntfy = hook.posted.getLast();
        assertThat(ntfy.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8192);
        assertThat(ntfy.json().get("message").asText().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(4096);
    }

    @Test
    void withoutAuthorizationThereIsNoSuchHeader() throws Exception {
        try (WebhookNotifier notifier = notifier(hook.address("/"), null, null, PATIENCE)) {
            notifier.send(Given.found());
        }
        assertThat(hook.posted.getFirst().headers()).doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void twoHundredIsSent(int status) throws Exception {
        hook.answers(status);
        send(Given.found(), null);
        assertThat(hook.posted).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void whatMayPassIsToBeTriedAgain(int status) {
        hook.answers(status);
        NotSent failure = failure();
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure.pause()).isZero();
        assertThat(failure).hasMessage("http://127.0.0.1:" + hook.port() + " answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 409, 413, 415, 422})
    void anAlertThatIsRefusedIsGivenUp(int status) {
        hook.answers(status);
        assertThat(failure().mayPass()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 401, 403, 404, 410})
    void whereTheSettingsAreWrongAlertsWaitUntilTheyArePutRight(int status) {
        hook.answers(status, "Location", hook.address("/elsewhere").toString());
        NotSent failure = failure();
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure.pause()).isEqualTo(Duration.ofHours(1));
        assertThat(failure).hasMessageContaining("answered " + status).hasMessageContaining("tallywatt.alert.webhook");
        assertThat(hook.posted).as("redirects are not followed").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 120",
                "0 | 0",
                "999999999 | 999999999",
                "Mon, 01 Jun 2026 10:05:00 GMT | 300",
                "Mon, 01 Jun 2026 09:00:00 GMT | 0",
                "-5 | 0",
                "soon | 0",
                "99999999999999999999 | 0"
            })
    void retryAfterIsRead(String value, long seconds) {
        hook.answers(429, "Retry-After", value);
        assertThat(failure().pause()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aServerThatIsDownMayComeBack() throws Exception {
        int port = hook.port();
        hook.close();
        NotSent failure = failure(notifier(hook.address(PATH), AUTHORIZATION, null, PATIENCE));
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure).hasMessage("http://127.0.0.1:" + port + " cannot be reached");

        hook = new Hook(port);
        send(Given.found(), null);
        assertThat(hook.posted).hasSize(1);
    }

    @Test
    void aServerThatStallsIsLeft() {
        hook.stalls();
        NotSent failure = failure(notifier(hook.address(PATH), AUTHORIZATION, null, Duration.ofMillis(300)));
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure).hasMessageContaining("gave no answer");
    }

    @Test
    void anUnknownNameMayPass() {
        NotSent failure = failure(notifier(URI.create("http://nowhere.invalid" + PATH), AUTHORIZATION, null, PATIENCE));
        assertThat(failure.mayPass()).isTrue();
        assertThat(failure).hasMessageStartingWith("http://nowhere.invalid ");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context(folder)));
        server.start();
        try {
            URI address = URI.create("https://localhost:" + server.getAddress().getPort() + PATH);
            NotSent failure = failure(notifier(address, AUTHORIZATION, null, PATIENCE));
            assertThat(failure.mayPass()).isTrue();
            assertThat(failure).hasMessageContaining("TLS");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nothingOfTheSettingsShowsASecret() {
        AlertSettings.Webhook webhook =
                new AlertSettings.Webhook(hook.address(PATH + "?token=secret"), AUTHORIZATION, null);
        assertThat(webhook.toString()).doesNotContain("secret");
        assertThat(AlertSettings.DEFAULT.toString()).isNotEmpty();
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        hook.stalls();
        try (WebhookNotifier notifier = notifier(hook.address(PATH), AUTHORIZATION, null, PATIENCE)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> notifier.send(Given.found())).isInstanceOf(InterruptedException.class);
        }
    }
}
