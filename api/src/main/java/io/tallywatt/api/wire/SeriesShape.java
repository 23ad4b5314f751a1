package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.store.StoredSeries;
import java.io.IOException;
import java.util.List;

/** A series as the catalogue knows it. */
public final class SeriesShape {
    public static final List<String> HEADER =
            List.of("series", "unit", "commodity", "resolution", "first", "last", "zone");

    private SeriesShape() {}

    public static void write(JsonGenerator json, StoredSeries s) throws IOException {
        json.writeStartObject();
        json.writeStringField("series", s.series().toString());
        json.writeStringField("unit", s.unit());
        json.writeStringField("commodity", s.commodity());
        json.writeStringField("resolution", s.resolution());
        json.writeStringField("first", s.first().toString());
        json.writeStringField("last", s.last().toString());
        json.writeStringField("zone", s.zone().getId());
        json.writeEndObject();
    }

    public static List<String> cells(StoredSeries s) {
        return List.of(
                s.series().toString(),
                s.unit(),
                s.commodity(),
                s.resolution(),
                s.first().toString(),
                s.last().toString(),
                s.zone().getId());
    }
}
