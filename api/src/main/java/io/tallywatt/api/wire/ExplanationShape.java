package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Explanation;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.store.StoredBlock;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** A total with the blocks behind it, block by block as they come. */
public final class ExplanationShape {
    private ExplanationShape() {}

    public static void write(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeFieldName("total");
        TotalShape.TOTAL.write(json, explanation.total());
        json.writeArrayFieldStart("blocks");
        Iterator<StoredBlock> blocks = explanation.blocks().iterator();
        while (blocks.hasNext()) {
            write(json, blocks.next());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StoredBlock stored) throws IOException {
        DayBlock block = stored.block();
        json.writeStartObject();
        json.writeStringField("series", stored.series().toString());
        json.writeStringField("zone", stored.zone().getId());
        Json.decimal(json, "total", block.total());
        json.writeObjectFieldStart("quality");
        json.writeNumberField("expected", block.length());
        json.writeNumberField("actual", block.count(Quality.ACTUAL));
        json.writeNumberField("estimated", block.count(Quality.ESTIMATED));
        json.writeNumberField("substituted", block.count(Quality.SUBSTITUTED));
        json.writeNumberField("invalid", block.count(Quality.INVALID));
        json.writeNumberField("missing", block.count(Quality.MISSING));
        json.writeEndObject();
        json.writeArrayFieldStart("sources");
        for (StoredBlock.Source source : stored.sources()) {
            json.writeStartObject();
            json.writeNumberField("delivery", source.delivery());
            json.writeStringField("file", source.name());
            json.writeNumberField("line", source.line());
            json.writeNumberField("readings", source.readings());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("rule", rule(stored.sources()));
        Json.instant(json, "knownAt", stored.knownAt());
        json.writeEndObject();
    }

    /** Which of several readings of an interval was taken. */
    public static String rule(List<StoredBlock.Source> sources) {
        return sources.size() <= 1 ? "only delivery" : "latest of " + sources.size() + " deliveries per interval";
    }
}
