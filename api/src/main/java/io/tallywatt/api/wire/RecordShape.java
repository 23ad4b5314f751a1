package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.SiteRecord;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a site made and used over an interval, in kWh; times in the site's zone. */
public final class RecordShape {
    public static final List<String> HEADER =
            List.of("site", "start", "end", "generated", "consumed", "net", "anomaly");

    private RecordShape() {}

    public static void write(JsonGenerator json, SiteRecord sent) throws IOException {
        json.writeStartObject();
        json.writeStringField("site", sent.site());
        json.writeStringField("start", Stamp.of(sent.interval().start(), sent.zone()));
        json.writeStringField("end", Stamp.of(sent.interval().end(), sent.zone()));
        Json.decimal(json, "generated", sent.generated());
        Json.decimal(json, "consumed", sent.consumed());
        Json.decimal(json, "net", sent.net());
        json.writeBooleanField("anomaly", sent.anomaly());
        json.writeEndObject();
    }

    public static List<String> cells(SiteRecord sent) {
        return List.of(
                sent.site(),
                Stamp.of(sent.interval().start(), sent.zone()),
                Stamp.of(sent.interval().end(), sent.zone()),
                decimal(sent.generated()),
                decimal(sent.consumed()),
                decimal(sent.net()),
                Boolean.toString(sent.anomaly()));
    }

    static String decimal(@Nullable BigDecimal value) {
        return value == null ? "" : Scaled.text(value);
    }
}
