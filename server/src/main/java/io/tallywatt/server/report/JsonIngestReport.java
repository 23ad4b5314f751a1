package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report for programs: {@code {files: [...], sum: {...}}}. */
public final class JsonIngestReport implements IngestReport {
    private final JsonGenerator json;

    public JsonIngestReport(Output out) throws IOException {
        this.json = out.json();
        json.writeStartObject();
        json.writeArrayFieldStart("files");
    }

    @Override
    public void dealt(Dealt dealt) throws IOException {
        switch (dealt.outcome()) {
            case Outcome.Taken taken ->
                file(taken.name(), dealt.again() ? "read again" : "taken", taken.delivery(), taken.decisions(), dealt);
            case Outcome.Known known -> file(known.name(), "known", known.delivery(), List.of(), dealt);
            case Outcome.Quarantined q -> file(q.name(), "quarantined", q.delivery(), List.of(), dealt);
            case Outcome.Refused refused -> file(refused.name(), "refused", null, List.of(), dealt);
        }
    }

    private void file(
            String name, String outcome, @Nullable Delivery delivery, List<Layout.Decision> decisions, Dealt dealt)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("outcome", outcome);
        if (delivery != null) {
            json.writeNumberField("delivery", delivery.id());
            json.writeStringField("format", delivery.format());
            decisions(json, decisions);
            counts(json, delivery.counts());
            Json.notices(json, delivery.notices());
        }
        json.writeArrayFieldStart("rejects");
        for (Reject reject : dealt.rejects()) {
            Json.reject(json, reject);
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

    static void decisions(JsonGenerator json, List<Layout.Decision> decisions) throws IOException {
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

    static void counts(JsonGenerator json, Counts c) throws IOException {
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

    @Override
    public void end(Sum sum) throws IOException {
        json.writeEndArray();
        json.writeObjectFieldStart("sum");
        json.writeNumberField("files", sum.files());
        json.writeNumberField("taken", sum.taken());
        json.writeNumberField("known", sum.known());
        json.writeNumberField("quarantined", sum.quarantined());
        json.writeNumberField("refused", sum.refused());
        counts(json, sum.counts());
        json.writeEndObject();
        json.writeEndObject();
        json.close();
    }
}
