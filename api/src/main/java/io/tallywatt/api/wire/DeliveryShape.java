package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A delivery as the ledger knows it. */
public final class DeliveryShape {
    public static final List<String> HEADER = List.of(
            "id",
            "name",
            "state",
            "receivedAt",
            "knownAt",
            "digest",
            "bytes",
            "format",
            "settings",
            "zone",
            "rows",
            "rejected",
            "readings",
            "reason");

    private DeliveryShape() {}

    public static String state(Delivery delivery) {
        return delivery.state().name().toLowerCase(Locale.ROOT);
    }

    public static void write(JsonGenerator json, Delivery d) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", d.id());
        json.writeStringField("name", d.name());
        json.writeStringField("state", state(d));
        Json.instant(json, "receivedAt", d.receivedAt());
        Json.instant(json, "knownAt", d.knownAt());
        json.writeStringField("digest", d.digest());
        json.writeNumberField("bytes", d.bytes());
        json.writeStringField("format", d.format());
        json.writeStringField("settings", d.settings());
        json.writeStringField("zone", d.zone());
        write(json, d.counts());
        notices(json, d.notices());
        json.writeStringField("reason", d.reason());
        json.writeEndObject();
    }

    public static List<String> cells(Delivery d) {
        return List.of(
                Long.toString(d.id()),
                d.name(),
                state(d),
                d.receivedAt().toString(),
                d.knownAt().toString(),
                d.digest(),
                Long.toString(d.bytes()),
                d.format(),
                d.settings(),
                d.zone(),
                Long.toString(d.counts().rows()),
                Long.toString(d.counts().rejected()),
                Long.toString(d.counts().readings()),
                d.reason() == null ? "" : d.reason());
    }

    static void write(JsonGenerator json, Counts c) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("rows", c.rows());
        json.writeNumberField("rejected", c.rejected());
        json.writeNumberField("readings", c.readings());
        json.writeNumberField("new", c.created());
        json.writeNumberField("unchanged", c.unchanged());
        json.writeNumberField("extended", c.extended());
        json.writeNumberField("corrected", c.corrected());
        json.writeNumberField("removed", c.removed());
        json.writeEndObject();
    }

    public static void notices(JsonGenerator json, List<Notice> notices) throws IOException {
        json.writeArrayFieldStart("notices");
        for (Notice notice : notices) {
            json.writeStartObject();
            json.writeStringField("code", notice.code().name());
            json.writeNumberField("count", notice.count());
            json.writeNumberField("firstLine", notice.firstLine());
            json.writeStringField("message", notice.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
