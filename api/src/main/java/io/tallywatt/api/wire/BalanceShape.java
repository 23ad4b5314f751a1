package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Balances;
import java.io.IOException;
import java.time.ZoneId;

/** What sites made and used over a range: all, each, and step by step; kWh. */
public final class BalanceShape {
    private BalanceShape() {}

    /** @param zone of the times */
    public static void write(JsonGenerator json, Balances balances, ZoneId zone) throws IOException {
        json.writeStartObject();
        json.writeStringField("unit", "kWh");
        json.writeStringField("zone", zone.getId());
        json.writeFieldName("total");
        json.writeStartObject();
        balance(json, balances.total());
        json.writeEndObject();
        json.writeArrayFieldStart("sites");
        for (Balances.OfSite site : balances.sites()) {
            json.writeStartObject();
            json.writeStringField("site", site.site());
            balance(json, site.balance());
            json.writeStringField("last", Stamp.of(site.last(), zone));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("items");
        for (Balances.OfStep step : balances.steps()) {
            json.writeStartObject();
            json.writeStringField("start", Stamp.of(step.interval().start(), zone));
            json.writeStringField("end", Stamp.of(step.interval().end(), zone));
            balance(json, step.balance());
            json.writeNumberField("sites", step.sites());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void balance(JsonGenerator json, Balances.Balance balance) throws IOException {
        Json.decimal(json, "generated", balance.generated());
        Json.decimal(json, "consumed", balance.consumed());
        Json.decimal(json, "net", balance.net());
        json.writeNumberField("records", balance.records());
    }
}
