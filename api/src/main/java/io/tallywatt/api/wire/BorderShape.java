package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.BorderFlow;
import io.tallywatt.core.query.FlowAt;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What flows across a border now, with its cables and with what the other source says. What is not known is null. In a table
 * a border is a row with no cable, and each of its cables one after it.
 */
public final class BorderShape {
    public static final List<String> HEADER = List.of(
            "border",
            "cable",
            "mw",
            "direction",
            "capacityMw",
            "share",
            "start",
            "end",
            "ageSeconds",
            "source",
            "stale",
            "quality",
            "cablesKnown",
            "cablesInService");

    private BorderShape() {}

    public static void write(JsonGenerator json, BorderFlow border) throws IOException {
        json.writeStartObject();
        json.writeStringField("border", border.border().toString());
        zone(json, "from", border.border().from(), border.fromName());
        zone(json, "to", border.border().to(), border.toName());
        flow(json, border, border.shown(), border.capacityMw());
        json.writeArrayFieldStart("others");
        for (FlowAt other : border.others()) {
            json.writeStartObject();
            flow(json, border, other, OptionalInt.empty());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cables");
        for (BorderFlow.OfCable cable : border.cables()) {
            json.writeStartObject();
            json.writeStringField("cable", cable.cable().name());
            flow(json, border, cable.latest(), cable.capacityMw());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void zone(JsonGenerator json, String field, String code, String name) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("code", code);
        json.writeStringField("name", name);
        json.writeEndObject();
    }

    /** @param now the capacity where no flow is known */
    private static void flow(JsonGenerator json, BorderFlow border, @Nullable FlowAt flow, OptionalInt now)
            throws IOException {
        Json.decimal(json, "mw", flow == null ? null : flow.mw());
        json.writeStringField("direction", border.direction(flow));
        OptionalInt capacity = flow == null ? now : flow.capacityMw();
        Json.decimal(json, "capacityMw", capacity.isPresent() ? BigDecimal.valueOf(capacity.getAsInt()) : null);
        Json.decimal(json, "share", flow == null ? null : flow.share());
        json.writeStringField(
                "start", flow == null ? null : Stamp.of(flow.interval().start(), border.zone()));
        json.writeStringField(
                "end", flow == null ? null : Stamp.of(flow.interval().end(), border.zone()));
        if (flow == null) {
            json.writeNullField("ageSeconds");
            json.writeNullField("source");
            json.writeNullField("stale");
            json.writeNullField("quality");
        } else {
            json.writeNumberField("ageSeconds", flow.age().toSeconds());
            json.writeStringField("source", flow.source().word());
            json.writeBooleanField("stale", flow.stale());
            json.writeStringField("quality", flow.quality().name());
        }
        if (flow == null || flow.cables() == 0) {
            json.writeNullField("cablesKnown");
            json.writeNullField("cablesInService");
        } else {
            json.writeNumberField("cablesKnown", flow.cablesKnown());
            json.writeNumberField("cablesInService", flow.cables());
        }
    }

    /** What flows across all borders of which anything is known, exactly added; null where nothing is. */
    private static void net(JsonGenerator json, List<BorderFlow> borders) throws IOException {
        @Nullable BigDecimal sum = null;
        int known = 0;
        for (BorderFlow border : borders) {
            FlowAt shown = border.shown();
            if (shown != null) {
                sum = sum == null ? shown.mw() : sum.add(shown.mw());
                known++;
            }
        }
        json.writeObjectFieldStart("net");
        Json.decimal(json, "mw", sum);
        json.writeNumberField("known", known);
        json.writeNumberField("borders", borders.size());
        json.writeEndObject();
    }

    /** All borders, what they come to, and when this was so. */
    public static void write(JsonGenerator json, Instant at, List<BorderFlow> borders) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", at.toString());
        net(json, borders);
        json.writeArrayFieldStart("items");
        for (BorderFlow border : borders) {
            write(json, border);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    public static List<List<String>> rows(BorderFlow border) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells(border, "", border.shown(), border.capacityMw()));
        for (BorderFlow.OfCable cable : border.cables()) {
            rows.add(cells(border, cable.cable().name(), cable.latest(), cable.capacityMw()));
        }
        return rows;
    }

    private static List<String> cells(BorderFlow border, String cable, @Nullable FlowAt flow, OptionalInt now) {
        List<String> cells = new ArrayList<>(List.of(border.border().toString(), cable));
        if (flow == null) {
            cells.addAll(List.of("", border.direction(null), whole(now), "", "", "", "", "", "", "", "", ""));
            return cells;
        }
        boolean sum = flow.cables() > 0;
        cells.addAll(List.of(
                RecordShape.decimal(flow.mw()),
                border.direction(flow),
                whole(flow.capacityMw()),
                RecordShape.decimal(flow.share()),
                Stamp.of(flow.interval().start(), border.zone()),
                Stamp.of(flow.interval().end(), border.zone()),
                Long.toString(flow.age().toSeconds()),
                flow.source().word(),
                Boolean.toString(flow.stale()),
                flow.quality().name(),
                sum ? Integer.toString(flow.cablesKnown()) : "",
                sum ? Integer.toString(flow.cables()) : ""));
        return cells;
    }

    private static String whole(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
    }
}
