package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.SeriesShape;
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
            csv.writeRecord(SeriesShape.HEADER);
            while (all.hasNext()) {
                csv.writeRecord(SeriesShape.cells(all.next()));
            }
        }
    }

    public static void json(Output out, Iterator<StoredSeries> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (all.hasNext()) {
                SeriesShape.write(json, all.next());
            }
            json.writeEndArray();
        }
    }
}
