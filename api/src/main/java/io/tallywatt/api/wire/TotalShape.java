package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.QualityCounts;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The shape of a total; of an average, the same with {@code average} beside. */
public enum TotalShape {
    TOTAL,
    AVERAGE;

    public void write(JsonGenerator json, Total total) throws IOException {
        json.writeStartObject();
        json.writeStringField("date", total.date().toString());
        json.writeStringField("zone", total.zone());
        json.writeStringField("unit", total.unit());
        if (this == AVERAGE) {
            Json.decimal(json, "average", total.average());
        }
        Json.decimal(json, "total", total.total());
        json.writeNumberField("meters", total.meters());
        json.writeNumberField("silent", total.silent());
        QualityCounts q = total.quality();
        json.writeObjectFieldStart("quality");
        json.writeNumberField("expected", q.expected());
        json.writeNumberField("actual", q.actual());
        json.writeNumberField("estimated", q.estimated());
        json.writeNumberField("substituted", q.substituted());
        json.writeNumberField("invalid", q.invalid());
        json.writeNumberField("missing", q.missing());
        json.writeEndObject();
        Json.instant(json, "knownAt", total.knownAt());
        Json.instant(json, "asOf", total.asOf());
        json.writeEndObject();
    }

    public List<String> header() {
        List<String> header = new ArrayList<>(List.of("date", "zone", "unit"));
        if (this == AVERAGE) {
            header.add("average");
        }
        header.addAll(List.of("total", "meters", "silent", "expected", "actual", "estimated", "substituted"));
        header.addAll(List.of("invalid", "missing", "knownAt", "asOf"));
        return header;
    }

    public List<String> cells(Total total) {
        QualityCounts q = total.quality();
        List<String> cells = new ArrayList<>(List.of(total.date().toString(), total.zone(), total.unit()));
        if (this == AVERAGE) {
            cells.add(total.average() == null ? "" : Scaled.text(total.average()));
        }
        cells.add(Scaled.text(total.total()));
        for (long n : new long[] {
            total.meters(),
            total.silent(),
            q.expected(),
            q.actual(),
            q.estimated(),
            q.substituted(),
            q.invalid(),
            q.missing()
        }) {
            cells.add(Long.toString(n));
        }
        cells.add(total.knownAt() == null ? "" : total.knownAt().toString());
        cells.add(total.asOf() == null ? "" : total.asOf().toString());
        return cells;
    }
}
