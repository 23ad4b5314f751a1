package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.Json;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered, as RFC 9457 writes it: {@code {type, title, status, detail}}, with {@code parameter} and
 * {@code expected} where one of them is to blame, and {@code delivery} where something came in all the same.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String title;
    private final @Nullable String parameter;
    private final @Nullable String expected;
    private final long delivery;

    private Problem(
            int status,
            String title,
            String detail,
            @Nullable String parameter,
            @Nullable String expected,
            long delivery) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.parameter = parameter;
        this.expected = expected;
        this.delivery = delivery;
    }

    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, null, null, 0);
    }

    /** A parameter (of the query, the path or a header) has a value that it cannot have. */
    public static Problem parameter(String name, String got, String expected) {
        return new Problem(
                400,
                "Bad parameter",
                "Parameter '" + name + "': expected " + expected + ", but got '" + shortened(got) + "'",
                name,
                expected,
                0);
    }

    public static Problem missing(String name, String expected) {
        return new Problem(
                400, "Missing parameter", "Parameter '" + name + "' is needed: " + expected, name, expected, 0);
    }

    static Problem unknown(String name, String known) {
        return new Problem(
                400,
                "Unknown parameter",
                "There is no parameter '" + shortened(name) + "' here; expected " + known,
                shortened(name),
                known,
                0);
    }

    static Problem notFound(String what) {
        return of(404, "Not found", what);
    }

    /** The same with the delivery under which what came is kept. */
    Problem about(long id) {
        return new Problem(status, title, detail(), parameter, expected, id);
    }

    static String shortened(String text) {
        String plain = text.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .limit(80)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() < text.length() && plain.codePointCount(0, plain.length()) == 80 ? plain + "..." : plain;
    }

    int status() {
        return status;
    }

    private String detail() {
        return String.valueOf(getMessage());
    }

    /** The body. */
    public byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringField(
                    "type",
                    "urn:tallywatt:problem:" + title.toLowerCase(Locale.ROOT).replace(' ', '-'));
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail());
            if (parameter != null) {
                json.writeStringField("parameter", parameter);
            }
            if (expected != null) {
                json.writeStringField("expected", expected);
            }
            if (delivery > 0) {
                json.writeNumberField("delivery", delivery);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    Response response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(json())
                .build();
    }
}
