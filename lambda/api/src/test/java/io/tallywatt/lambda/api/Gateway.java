package io.tallywatt.lambda.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tallywatt.lambda.LambdaRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an HTTP API of API Gateway does: each request is an event (payload format 2.0) for the function, whose answer becomes the
 * response; an answer larger than Lambda's 6 MB is none.
 */
final class Gateway implements AutoCloseable {
    /** Of a function's answer, as AWS documents Lambda's quotas. */
    static final int MOST = 6 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LambdaRuntime function;
    private final HttpServer server;

    Gateway(Map<String, String> environment) throws IOException {
        function = new LambdaRuntime(
                Packaged.function(),
                "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest",
                environment,
                Duration.ofSeconds(29));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    LambdaRuntime function() {
        return function;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String answer = function.invoke(event(exchange, body), null);
            if (answer.getBytes(StandardCharsets.UTF_8).length > MOST) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            respond(exchange, JSON.readTree(answer));
        } catch (LambdaRuntime.Failed e) {
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Headers of one name are one, with commas; bodies that are no text come in base 64. */
    private static String event(HttpExchange exchange, byte[] body) throws IOException {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", uri.getRawPath());
        event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
        event.set("headers", JSON.valueToTree(headers));
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", UUID.randomUUID().toString());
        context.put("stage", "$default");
        ObjectNode http = context.putObject("http");
        http.put("method", exchange.getRequestMethod());
        http.put("path", uri.getPath());
        http.put("protocol", "HTTP/1.1");
        http.put("sourceIp", "192.0.2.1");
        if (body.length > 0) {
            event.put("body", Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", body.length > 0);
        return JSON.writeValueAsString(event);
    }

    private static void respond(HttpExchange exchange, JsonNode answer) throws IOException {
        answer.path("headers")
                .properties()
                .forEach(header -> exchange.getResponseHeaders()
                        .set(header.getKey(), header.getValue().textValue()));
        answer.path("multiValueHeaders")
                .properties()
                .forEach(header -> header.getValue()
                        .forEach(value -> exchange.getResponseHeaders().add(header.getKey(), value.textValue())));
        String text = answer.path("body").asText("");
        byte[] body = answer.path("isBase64Encoded").booleanValue()
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().remove("Content-Length");
        exchange.getResponseHeaders().remove("Transfer-Encoding");
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.path("statusCode").intValue(), none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() throws Exception {
        server.stop(0);
        function.close();
    }
}
