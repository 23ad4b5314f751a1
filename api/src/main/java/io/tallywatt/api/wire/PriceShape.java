package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Prices;
import io.tallywatt.core.query.SeriesReading;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.util.List;

/** What a MWh costs in a zone over an interval; times in the zone's own. One answer has one of its own. */
public final class PriceShape {
    public static final List<String> HEADER = List.of("zone", "market", "start", "end", "price", "unit", "quality");

    private final StampMemo starts = new StampMemo();
    private final StampMemo ends = new StampMemo();

    public void write(JsonGenerator json, SeriesReading price) throws IOException {
        json.writeStartObject();
        json.writeStringField("zone", price.series().key());
        json.writeStringField("market", Prices.market(price.series()));
        json.writeStringField("start", starts.of(price.interval().start(), price.zone()));
        json.writeStringField("end", ends.of(price.interval().end(), price.zone()));
        Json.decimal(json, "price", price.value());
        json.writeStringField("unit", price.unit());
        json.writeStringField("quality", price.quality().name());
        json.writeEndObject();
    }

    public List<String> cells(SeriesReading price) {
        return List.of(
                price.series().key(),
                Prices.market(price.series()),
                starts.of(price.interval().start(), price.zone()),
                ends.of(price.interval().end(), price.zone()),
                Scaled.text(price.value()),
                price.unit(),
                price.quality().name());
    }
}
