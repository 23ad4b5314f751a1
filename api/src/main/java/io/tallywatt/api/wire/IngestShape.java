package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.Delivery;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of documents: {@code {files: [...], sum: {...}}}. */
public final class IngestShape {
    private IngestShape() {}

    public static void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("files");
    }

    public static void write(JsonGenerator json, Dealt dealt) throws IOException {
        switch (dealt.outcome()) {
            case Outcome.Taken taken ->
                file(
                        json,
                        taken.name(),
                        dealt.again() ? "read again" : "taken",
                        taken.delivery(),
                        taken.decisions(),
                        dealt);
            case Outcome.Known known -> file(json, known.name(), "known", known.delivery(), List.of(), dealt);
            case Outcome.Quarantined q -> file(json, q.name(), "quarantined", q.delivery(), List.of(), dealt);
            case Outcome.Refused refused -> file(json, refused.name(), "refused", null, List.of(), dealt);
        }
    }

    private static void file(
            JsonGenerator json,
            String name,
            String outcome,
            @Nullable Delivery delivery,
            List<Layout.Decision> decisions,
            Dealt dealt)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("outcome", outcome);
        if (delivery != null) {
            json.writeNumberField("delivery", delivery.id());
            json.writeStringField("format", delivery.format());
            decisions(json, decisions);
            DeliveryShape.write(json, delivery.counts());
            DeliveryShape.notices(json, delivery.notices());
        }
        json.writeArrayFieldStart("rejects");
        for (Reject reject : dealt.rejects()) {
            RejectShape.write(json, reject);
        }
        json.writeEndArray();
        json.writeStringField("reason", reason(dealt.outcome()));
        json.writeEndObject();
    }

    private static @Nullable String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Quarantined q -> q.reason();
            case Outcome.Refused refused -> refused.reason();
            case Outcome.Taken taken -> null;
            case Outcome.Known known -> null;
        };
    }

    public static void decisions(JsonGenerator json, List<Layout.Decision> decisions) throws IOException {
        json.writeArrayFieldStart("decisions");
        for (Layout.Decision decision : decisions) {
            json.writeStartObject();
            json.writeStringField("what", decision.what());
            json.writeStringField("value", decision.value());
            json.writeStringField("why", decision.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void end(JsonGenerator json, Sum sum) throws IOException {
        json.writeEndArray();
        json.writeObjectFieldStart("sum");
        json.writeNumberField("files", sum.files());
        json.writeNumberField("taken", sum.taken());
        json.writeNumberField("known", sum.known());
        json.writeNumberField("quarantined", sum.quarantined());
        json.writeNumberField("refused", sum.refused());
        DeliveryShape.write(json, sum.counts());
        json.writeEndObject();
        json.writeEndObject();
    }
}
