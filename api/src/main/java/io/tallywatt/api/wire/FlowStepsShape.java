package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.grid.BiddingZone;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.query.FlowLines;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mean flows over steps, a line for each border or cable, MW; what is not known is null. */
public final class FlowStepsShape {
    private FlowStepsShape() {}

    /** @param zone of the times */
    public static void write(JsonGenerator json, FlowLines known, FlowLines.Steps steps, ZoneId zone)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("unit", "MW");
        json.writeStringField("zone", zone.getId());
        json.writeArrayFieldStart("lines");
        for (FlowLines.Line line : known.lines()) {
            json.writeStartObject();
            json.writeStringField("border", line.border().toString());
            Cable cable = line.cable();
            json.writeStringField("cable", cable == null ? null : cable.name());
            String from = line.border().from();
            json.writeStringField(
                    "from", known.grid().zone(from).map(BiddingZone::name).orElse(from));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("items");
        for (int i = 0; i < steps.every().size(); i++) {
            Interval step = steps.every().get(i);
            json.writeStartObject();
            json.writeStringField("start", Stamp.of(step.start(), zone));
            json.writeStringField("end", Stamp.of(step.end(), zone));
            json.writeArrayFieldStart("mw");
            for (List<@Nullable BigDecimal> line : steps.lines()) {
                number(json, line.get(i));
            }
            json.writeEndArray();
            Json.decimal(json, "net", steps.net().get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, @Nullable BigDecimal value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(Scaled.trim(value));
        }
    }
}
