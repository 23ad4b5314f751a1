package io.tallywatt.collectors.web;

import io.tallywatt.collectors.web.Answer.Failed;
import io.tallywatt.collectors.web.Answer.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks once: no redirect is followed, since what is secret in an address would go with it, and nothing is asked again (but
 * by the JDK's client itself, which sends a request a second time if the connection ends without one byte of an answer). What
 * is said about a failure names the host alone. Safe for several threads.
 */
public final class Web implements AutoCloseable {
    /** What a whole exchange may take, from the first packet to the last: also of an answer that trickles. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    /** The longest body that is taken. */
    public static final int LONGEST = 32 << 20;

    private static final Duration TO_CONNECT = Duration.ofSeconds(15);

    private final Duration deadline;
    private final int longest;
    private final String userAgent;
    private @Nullable HttpClient client;

    public Web() {
        this(DEADLINE, LONGEST, "Tallywatt");
    }

    /**
     * @param deadline for a whole exchange
     * @param longest body in bytes
     * @param userAgent how it introduces itself
     */
    public Web(Duration deadline, int longest, String userAgent) {
        this.deadline = deadline;
        this.longest = longest;
        this.userAgent = userAgent;
    }

    /** Made when it is needed: it brings all of TLS with it, which a program's start need not wait for. */
    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (TO_CONNECT.compareTo(deadline) < 0) {
                builder.connectTimeout(TO_CONNECT);
            }
            client = builder.build();
        }
        return client;
    }

    /**
     * Gets what is at an address.
     *
     * @param headers beside the User-Agent
     * @throws IllegalArgumentException if the address is none of HTTP; the message does not hold it
     */
    public Answer get(URI address, Map<String, String> headers) throws InterruptedException {
        return exchange(address, request(address, headers).GET().build());
    }

    /**
     * Sends a text to an address.
     *
     * @param headers beside the User-Agent
     * @param type of the text
     * @throws IllegalArgumentException if the address is none of HTTP; the message does not hold it
     */
    public Answer post(URI address, Map<String, String> headers, String type, String text) throws InterruptedException {
        return exchange(
                address,
                request(address, headers)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build());
    }

    private Answer exchange(URI address, HttpRequest request) throws InterruptedException {
        String host = shown(address);
        CompletableFuture<HttpResponse<byte[]>> exchange = client().sendAsync(
                        request,
                        info -> new Bounded(
                                longest,
                                info.headers()
                                        .firstValueAsLong("Content-Length")
                                        .orElse(0)));
        try {
            return body(exchange.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Failed(Failure.TOO_SLOW, host + " had not answered in full within " + inWords(deadline));
        } catch (ExecutionException e) {
            return failed(host, e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private HttpRequest.Builder request(URI address, Map<String, String> headers) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(address);
        } catch (IllegalArgumentException e) {
            // The JDK's message quotes the address, and with it what is secret there; so it is not even kept as a
            // cause.
            throw withoutCause("The address of a source begins with http:// or https:// and a host");
        }
        request.header("User-Agent", userAgent);
        headers.forEach(request::header);
        return request;
    }

    private static IllegalArgumentException withoutCause(String message) {
        return new IllegalArgumentException(message);
    }

    private static Answer body(HttpResponse<byte[]> response) {
        @Nullable String location = response.headers().firstValue("Location").orElse(null);
        return new Answer.Body(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Retry-After").orElse(null),
                location == null ? null : elsewhere(response.uri(), location),
                response.body());
    }

    private static @Nullable URI elsewhere(URI from, String location) {
        try {
            URI to = from.resolve(location);
            return to.getHost() == null ? null : URI.create(to.getScheme() + "://" + shown(to));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** All of an address that may be shown. */
    private static String shown(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    private Failed failed(String host, @Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException) {
                return new Failed(Failure.NOT_REACHED, host + " is not known by that name");
            }
            if (t instanceof TooLong) {
                return new Failed(
                        Failure.TOO_LONG,
                        host + " answered with more than " + longest + " bytes, which is more than is ever of use");
            }
            if (t instanceof SSLException) {
                return new Failed(Failure.NOT_TRUSTED, host + " cannot be spoken to by TLS");
            }
        }
        return switch (failure) {
            case HttpConnectTimeoutException e -> new Failed(Failure.NOT_REACHED, host + " cannot be reached in time");
            case ConnectException e -> new Failed(Failure.NOT_REACHED, host + " cannot be reached");
            case null, default ->
                new Failed(Failure.DROPPED, host + " broke off the connection before its answer was complete");
        };
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Gathers a body, and refuses it while it comes if it is too long. */
    private static final class Bounded implements BodySubscriber<byte[]> {
        private final int longest;
        private final long declared;
        private final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        Bounded(int longest, long declared) {
            this.longest = longest;
            this.declared = declared;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return all;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (declared > longest) {
                refuse();
            } else {
                given.request(Long.MAX_VALUE);
            }
        }

        private void refuse() {
            if (subscription != null) {
                subscription.cancel();
            }
            all.completeExceptionally(new TooLong());
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (all.isDone()) {
                    return;
                }
                if (bytes.size() + (long) buffer.remaining() > longest) {
                    refuse();
                    return;
                }
                byte[] some = new byte[buffer.remaining()];
                buffer.get(some);
                bytes.writeBytes(some);
            }
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(bytes.toByteArray());
        }
    }
}
