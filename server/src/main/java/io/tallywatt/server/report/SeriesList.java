package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** The series that are known. */
public final class SeriesList {
    private SeriesList() {}

    public static void text(Output out, Iterator<StoredSeries> all) throws IOException {
        if (!all.hasNext()) {
            out.write("No series has such a name.\n".getBytes(StandardCharsets.UTF_8));
        }
        try (TextTable table = new TextTable(
                out,
                Column.left("series"),
                Column.left("unit"),
                Column.left("resolution"),
                Column.left("first"),
                Column.left("last"),
                Column.left("zone"))) {
            while (all.hasNext()) {
                StoredSeries s = all.next();
                table.row(
                        s.series().toString(),
                        s.unit(),
                        s.resolution(),
                        s.first().toString(),
                        s.last().toString(),
                        s.zone().getId());
            }
        }
    }

    public static void csv(Output out, Iterator<StoredSeries> all) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord("series", "unit", "commodity", "resolution", "first", "last", "zone");
            while (all.hasNext()) {
                StoredSeries s = all.next();
                csv.writeRecord(
                        s.series().toString(),
                        s.unit(),
                        s.commodity(),
                        s.resolution(),
                        s.first().toString(),
                        s.last().toString(),
                        s.zone().getId());
            }
        }
    }

    public static void json(Output out, Iterator<StoredSeries> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (all.hasNext()) {
                StoredSeries s = all.next();
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
            json.writeEndArray();
        }
    }
}
