package io.tallywatt.server.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.Json;
import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What is posted to a webhook. */
final class WebhookBody {
    /** ntfy takes a longer message for an attachment. */
    private static final int NTFY_MESSAGE_BYTES = 3800;

    private WebhookBody() {}

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** {@code text} for hooks as Slack has them, {@code alert} for programs. */
    static byte[] plain(Alert alert, AlertText text) {
        return object(json -> {
            json.writeStringField("text", slack(text.title(alert) + "\n" + text.body(alert)));
            json.writeObjectFieldStart("alert");
            json.writeStringField("kind", alert.kind().name());
            json.writeStringField("series", AlertText.clean(alert.series().toString()));
            json.writeStringField("rule", alert.rule().name());
            json.writeStringField("severity", alert.severity().name());
            Json.instant(json, "at", alert.at());
            json.writeNumberField("count", alert.count());
            json.writeNumberField("heldBack", alert.heldBack());
            json.writeArrayFieldStart("findings");
            for (StoredFinding example : alert.examples()) {
                write(json, example);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, StoredFinding stored) throws IOException {
        Finding finding = stored.finding();
        json.writeStartObject();
        Json.instant(json, "start", finding.interval().start());
        Json.instant(json, "end", finding.interval().end());
        json.writeStringField("severity", finding.severity().name());
        Json.decimal(json, "confidence", finding.confidence());
        json.writeStringField("observed", AlertText.clean(finding.observed()));
        json.writeStringField("expected", AlertText.clean(finding.expected()));
        Json.decimal(json, "value", finding.value());
        Json.decimal(json, "low", finding.low());
        Json.decimal(json, "high", finding.high());
        Json.instant(json, "foundAt", finding.foundAt());
        Json.instant(json, "resolvedAt", stored.resolvedAt());
        json.writeEndObject();
    }

    /** Slack's own signs: without this, {@code <!channel>} in a name would wake everybody. */
    private static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** ntfy's "publish as JSON", to be posted to the server's root: it refuses bodies over 8 KB. */
    static byte[] ntfy(Alert alert, AlertText text, String topic) {
        return object(json -> {
            json.writeStringField("topic", topic);
            json.writeStringField("title", text.title(alert));
            json.writeStringField("message", atMost(text.body(alert)));
            json.writeNumberField("priority", priority(alert));
            json.writeArrayFieldStart("tags");
            json.writeString(sign(alert));
            json.writeString(alert.rule().name().toLowerCase(Locale.ROOT));
            json.writeEndArray();
        });
    }

    private static String atMost(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= NTFY_MESSAGE_BYTES) {
            return text;
        }
        int end = NTFY_MESSAGE_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "...";
    }

    /** From 1 to 5; 3 is ntfy's usual one, 4 makes itself heard. */
    private static int priority(Alert alert) {
        return switch (alert.kind()) {
            case RESOLVED -> 2;
            case FOUND ->
                switch (alert.severity()) {
                    case INFO -> 2;
                    case WARNING -> 3;
                    case CRITICAL -> 4;
                };
        };
    }

    /** A tag that ntfy shows as an emoji. */
    private static String sign(Alert alert) {
        return switch (alert.kind()) {
            case RESOLVED -> "white_check_mark";
            case FOUND ->
                switch (alert.severity()) {
                    case INFO -> "information_source";
                    case WARNING -> "warning";
                    case CRITICAL -> "rotating_light";
                };
        };
    }
}
