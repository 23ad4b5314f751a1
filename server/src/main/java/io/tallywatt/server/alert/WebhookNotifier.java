package io.tallywatt.server.alert;

import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Notifier;
import io.tallywatt.server.report.Text;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts JSON to an address. What may be shown of that is its host: the rest may be a secret. */
final class WebhookNotifier implements Notifier, AutoCloseable {
    /** For all of an exchange. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration UNTIL_PUT_RIGHT = Duration.ofHours(1);

    private final AlertSettings.Webhook webhook;
    private final AlertText text;
    private final Clock clock;
    private final Duration timeout;
    private @Nullable HttpClient client;

    WebhookNotifier(AlertSettings.Webhook webhook, AlertText text, Clock clock, Duration timeout) {
        this.webhook = webhook;
        this.text = text;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Made when it is needed: it brings all of TLS with it, which a server's start need not wait for. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout)
                    .build();
        }
        return client;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void send(Alert alert) throws NotSent, InterruptedException {
        @Nullable String topic = webhook.ntfyTopic();
        byte[] body = topic == null ? WebhookBody.plain(alert, text) : WebhookBody.ntfy(alert, text, topic);
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.address())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Tallywatt")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        @Nullable Secret authorization = webhook.authorization();
        if (authorization != null) {
            request.header("Authorization", authorization.value());
        }
        judge(answer(request.build()));
    }

    private HttpResponse<Void> answer(HttpRequest request) throws NotSent, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NotSent(webhook.shown() + " gave no answer within " + timeout.toSeconds() + " s", true);
        } catch (ExecutionException e) {
            throw new NotSent(webhook.shown() + " " + inWords(e.getCause()), true);
        } finally {
            answer.cancel(true);
        }
    }

    private static String inWords(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return "is not known by that name";
            }
            if (t instanceof SSLException) {
                return "cannot be spoken to by TLS: "
                        + AlertText.clean(Text.atMost(String.valueOf(t.getMessage()), 120));
            }
        }
        return switch (failure) {
            case HttpConnectTimeoutException e -> "cannot be reached in time";
            case ConnectException e -> "cannot be reached";
            case null, default -> "broke off the connection";
        };
    }

    private void judge(HttpResponse<Void> response) throws NotSent {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        String said = webhook.shown() + " answered " + status;
        if (status == 429 || status == 408 || status == 425 || status >= 500) {
            throw new NotSent(said, retryAfter(response));
        }
        if (isAboutTheSettings(status)) {
            // No alert goes that way, whatever it says: none is given up for that.
            throw new NotSent(said + ": see to the settings tallywatt.alert.webhook", UNTIL_PUT_RIGHT);
        }
        throw new NotSent(said, false);
    }

    /** Redirects are not followed: what is secret would go with them. */
    private static boolean isAboutTheSettings(int status) {
        return status < 400 || status == 401 || status == 403 || status == 404 || status == 407 || status == 410;
    }

    /** RFC 9110, 10.2.3: seconds or a date. */
    private Duration retryAfter(HttpResponse<Void> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration until = Duration.between(clock.instant(), date.toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
