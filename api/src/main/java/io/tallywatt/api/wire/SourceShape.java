package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Freshness;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** How old the last value of each source is. */
public final class SourceShape {
    private SourceShape() {}

    /** @param at when this was so */
    public static void write(JsonGenerator json, Instant at, List<Freshness.Source> sources) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", at.toString());
        json.writeArrayFieldStart("items");
        for (Freshness.Source source : sources) {
            json.writeStartObject();
            json.writeStringField("source", source.source());
            json.writeStringField("kind", source.kind());
            json.writeStringField("newest", source.newest().toString());
            json.writeStringField("every", source.every().toString());
            json.writeBooleanField("late", source.late());
            json.writeNumberField("parts", source.parts());
            json.writeArrayFieldStart("lateParts");
            for (Freshness.Part part : source.lateParts()) {
                json.writeStartObject();
                json.writeStringField("name", part.name());
                Json.instant(json, "newest", part.newest());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNullField("next");
        json.writeEndObject();
    }
}
