package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.AnomalyShape;
import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How many anomalies there are, by thing and rule or by day and rule. */
public final class AnomalyCounts {
    private AnomalyCounts() {}

    public static void textByThing(Output out, List<FindingCount> counts) throws IOException {
        try (TextTable table = table(out, "site or other thing", counts.isEmpty())) {
            for (FindingCount count : counts) {
                table.row(
                        count.thing(),
                        AnomalyList.rule(count.rule()),
                        Text.count(count.count()),
                        Text.count(count.open()));
            }
        }
    }

    public static void textByDay(Output out, List<DayCount> counts) throws IOException {
        try (TextTable table = table(out, "date", counts.isEmpty())) {
            for (DayCount count : counts) {
                table.row(
                        count.date().toString(),
                        AnomalyList.rule(count.rule()),
                        Text.count(count.count()),
                        Text.count(count.open()));
            }
        }
    }

    private static TextTable table(Output out, String first, boolean none) throws IOException {
        if (none) {
            out.write("No anomalies.\n".getBytes(StandardCharsets.UTF_8));
        }
        return new TextTable(out, Column.left(first), Column.left("rule"), Column.right("count"), Column.right("open"));
    }

    public static void csvByThing(Output out, List<FindingCount> counts) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(AnomalyShape.COUNT_HEADER);
            for (FindingCount count : counts) {
                csv.writeRecord(AnomalyShape.cells(count));
            }
        }
    }

    public static void csvByDay(Output out, List<DayCount> counts) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(AnomalyShape.DAY_HEADER);
            for (DayCount count : counts) {
                csv.writeRecord(AnomalyShape.cells(count));
            }
        }
    }

    public static void jsonByThing(Output out, List<FindingCount> counts) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (FindingCount count : counts) {
                AnomalyShape.write(json, count);
            }
            json.writeEndArray();
        }
    }

    public static void jsonByDay(Output out, List<DayCount> counts) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (DayCount count : counts) {
                AnomalyShape.write(json, count);
            }
            json.writeEndArray();
        }
    }
}
