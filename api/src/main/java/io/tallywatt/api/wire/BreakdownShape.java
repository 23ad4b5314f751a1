package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Breakdown;
import io.tallywatt.core.query.Total;
import java.io.IOException;
import java.time.ZoneId;

/** Why a date's total is what it is. */
public final class BreakdownShape {
    private BreakdownShape() {}

    public static void write(JsonGenerator json, Breakdown breakdown) throws IOException {
        json.writeStartObject();
        json.writeFieldName("total");
        TotalShape.AVERAGE.write(json, breakdown.total());
        json.writeArrayFieldStart("qualities");
        for (Breakdown.OfQuality part : breakdown.qualities()) {
            json.writeStartObject();
            json.writeStringField("quality", part.quality().name());
            json.writeNumberField("intervals", part.intervals());
            Json.decimal(json, "energy", part.energyKwh());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("deliveryCount", breakdown.deliveryCount());
        json.writeArrayFieldStart("deliveries");
        for (Breakdown.OfDelivery given : breakdown.deliveries()) {
            json.writeStartObject();
            json.writeNumberField("delivery", given.delivery());
            json.writeStringField("file", given.name());
            json.writeNumberField("blocks", given.blocks());
            json.writeNumberField("readings", given.readings());
            Json.decimal(json, "energy", given.energyKwh());
            json.writeEndObject();
        }
        json.writeEndArray();
        profile(json, breakdown.profile());
        json.writeArrayFieldStart("history");
        for (Total total : breakdown.history()) {
            json.writeStartObject();
            Json.instant(json, "knownAt", total.knownAt());
            Json.decimal(json, "total", total.total());
            json.writeNumberField("meters", total.meters());
            json.writeNumberField("silent", total.silent());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void profile(JsonGenerator json, Breakdown.Profile profile) throws IOException {
        json.writeObjectFieldStart("profile");
        json.writeNumberField("seconds", profile.seconds());
        json.writeStringField("zone", profile.zone());
        json.writeNumberField("meters", profile.meters());
        json.writeNumberField("others", profile.others());
        json.writeArrayFieldStart("items");
        for (Breakdown.Step step : profile.steps()) {
            ZoneId zone = ZoneId.of(profile.zone());
            json.writeStartObject();
            json.writeStringField("start", Stamp.of(step.interval().start(), zone));
            json.writeStringField("end", Stamp.of(step.interval().end(), zone));
            json.writeNumberField("meters", step.meters());
            Json.decimal(json, "mean", step.mean());
            Json.decimal(json, "q10", step.q10());
            Json.decimal(json, "q25", step.q25());
            Json.decimal(json, "q75", step.q75());
            Json.decimal(json, "q90", step.q90());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
