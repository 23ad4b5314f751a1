package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.core.query.QualityCounts;
import io.tallywatt.core.query.Total;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Totals and averages, one or many. */
public enum Totals {
    TOTAL("total"),
    AVERAGE("average");

    private final String word;

    Totals(String word) {
        this.word = word;
    }

    /** The shape of a total; of an average the same with {@code average} beside. */
    void json(JsonGenerator json, Total total) throws IOException {
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

    public void json(Output out, Total total) throws IOException {
        try (JsonGenerator json = out.json()) {
            json(json, total);
        }
    }

    public void json(Output out, List<Total> totals) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (Total total : totals) {
                json(json, total);
            }
            json.writeEndArray();
        }
    }

    public void csv(Output out, List<Total> totals) throws IOException {
        try (CsvWriter csv = out.csv()) {
            List<String> header = new ArrayList<>(List.of("date", "zone", "unit"));
            if (this == AVERAGE) {
                header.add("average");
            }
            header.addAll(List.of("total", "meters", "silent", "expected", "actual", "estimated", "substituted"));
            header.addAll(List.of("invalid", "missing", "knownAt", "asOf"));
            csv.writeRecord(header);
            for (Total total : totals) {
                csv.writeRecord(cells(total));
            }
        }
    }

    private List<String> cells(Total total) {
        QualityCounts q = total.quality();
        List<String> cells = new ArrayList<>(List.of(total.date().toString(), total.zone(), total.unit()));
        if (this == AVERAGE) {
            cells.add(total.average() == null ? "" : Text.decimal(total.average()));
        }
        cells.add(Text.decimal(total.total()));
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

    public void text(Output out, List<Total> totals) throws IOException {
        if (totals.isEmpty()) {
            out.write("Nothing is stored for these dates.\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<Column> columns = new ArrayList<>(List.of(Column.left("date"), Column.point(word + " kWh")));
        if (this == AVERAGE) {
            columns.add(Column.point("total kWh"));
        }
        for (String title : List.of("meters", "silent", "expected", "actual", "estimated", "substituted")) {
            columns.add(Column.right(title));
        }
        columns.addAll(List.of(Column.right("invalid"), Column.right("missing"), Column.left("zone")));
        try (TextTable table = new TextTable(out, columns.toArray(Column[]::new))) {
            for (Total total : totals) {
                QualityCounts q = total.quality();
                List<String> row = new ArrayList<>(List.of(total.date().toString()));
                if (this == AVERAGE) {
                    row.add(Text.decimal(total.average()));
                }
                row.add(Text.decimal(total.total()));
                row.add(Text.count(total.meters()));
                row.add(Text.count(total.silent()));
                row.add(Text.count(q.expected()));
                row.add(Text.count(q.actual()));
                row.add(Text.count(q.estimated()));
                row.add(Text.count(q.substituted()));
                row.add(Text.count(q.invalid()));
                row.add(Text.count(q.missing()));
                row.add(total.zone());
                table.row(row.toArray(String[]::new));
            }
        }
    }

    /** One date, in words. */
    public void text(Output out, Total total) throws IOException {
        QualityCounts q = total.quality();
        StringBuilder text = new StringBuilder();
        if (this == AVERAGE) {
            line(text, total.date().toString(), Text.decimal(total.average()) + " kWh per meter");
            line(text, "  total", Text.decimal(total.total()) + " kWh");
        } else {
            line(text, total.date().toString(), Text.decimal(total.total()) + " kWh");
        }
        line(text, "  zone", total.zone());
        line(
                text,
                "  meters",
                Text.count(total.meters())
                        + (total.silent() == 0 ? "" : ", and " + Text.count(total.silent()) + " silent"));
        line(text, "  readings", readings(q));
        if (total.knownAt() != null) {
            line(text, "  known at", total.knownAt().toString());
        }
        if (total.asOf() != null) {
            line(text, "  as of", total.asOf().toString());
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append(" ".repeat(Math.max(1, 13 - name.length())))
                .append(value)
                .append('\n');
    }

    static String readings(QualityCounts q) {
        StringBuilder text = new StringBuilder(Text.count(q.actual())).append(" actual");
        part(text, q.estimated(), "estimated");
        part(text, q.substituted(), "substituted");
        part(text, q.invalid(), "invalid");
        part(text, q.missing(), "missing");
        return text.append(", of ")
                .append(Text.count(q.expected()))
                .append(" expected")
                .toString();
    }

    private static void part(StringBuilder text, long n, String word) {
        if (n > 0) {
            text.append(", ").append(Text.count(n)).append(' ').append(word);
        }
    }
}
