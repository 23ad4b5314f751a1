package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.TotalShape;
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

    private TotalShape shape() {
        return this == TOTAL ? TotalShape.TOTAL : TotalShape.AVERAGE;
    }

    public void json(Output out, Total total) throws IOException {
        try (JsonGenerator json = out.json()) {
            shape().write(json, total);
        }
    }

    public void json(Output out, List<Total> totals) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (Total total : totals) {
                shape().write(json, total);
            }
            json.writeEndArray();
        }
    }

    public void csv(Output out, List<Total> totals) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(shape().header());
            for (Total total : totals) {
                csv.writeRecord(shape().cells(total));
            }
        }
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
