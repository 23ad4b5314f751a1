package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.ExplanationShape;
import io.tallywatt.core.query.Explanation;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A total with the blocks it is made of, and where each comes from. */
public final class Explanations {
    private Explanations() {}

    /** The whole explanation, block by block as they come. */
    public static void json(Output out, Explanation explanation) throws IOException {
        try (JsonGenerator json = out.json()) {
            ExplanationShape.write(json, explanation);
        }
    }

    /**
     * As a table.
     *
     * @param most rows shown
     */
    public static void text(Output out, Explanation explanation, long most) throws IOException {
        Totals.TOTAL.text(out, explanation.total());
        Iterator<StoredBlock> blocks = explanation.blocks().iterator();
        if (!blocks.hasNext()) {
            line(out, "\nNothing is stored for this date.");
            return;
        }
        line(out, "");
        long shown = 0;
        try (TextTable table = new TextTable(
                out,
                Column.left("series"),
                Column.point("kWh"),
                Column.left("readings"),
                Column.right("delivery"),
                Column.left("file:line"),
                Column.left("rule"))) {
            while (blocks.hasNext() && shown < most) {
                table.row(row(blocks.next()));
                shown++;
            }
        }
        if (blocks.hasNext()) {
            line(out, "and more: --all shows every one of them");
        }
    }

    private static String[] row(StoredBlock stored) {
        List<StoredBlock.Source> sources = stored.sources();
        String rule = ExplanationShape.rule(sources);
        if (sources.size() > 1) {
            List<String> parts = new ArrayList<>();
            for (StoredBlock.Source source : sources) {
                parts.add(source.readings() + " from delivery " + source.delivery());
            }
            rule += " (" + String.join(", ", parts) + ")";
        }
        String from = sources.isEmpty()
                ? "-"
                : sources.getFirst().name() + ":" + sources.getFirst().line();
        return new String[] {
            stored.series().toString(),
            Text.decimal(stored.block().total()),
            readings(stored.block()),
            sources.isEmpty() ? "-" : Long.toString(sources.getFirst().delivery()),
            Text.clean(from),
            rule
        };
    }

    private static String readings(DayBlock block) {
        List<String> parts = new ArrayList<>();
        part(parts, block.count(Quality.ACTUAL), "actual");
        part(parts, block.count(Quality.ESTIMATED), "estimated");
        part(parts, block.count(Quality.SUBSTITUTED), "substituted");
        part(parts, block.count(Quality.INVALID), "invalid");
        part(parts, block.count(Quality.MISSING), "missing");
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, int n, String word) {
        if (n > 0) {
            parts.add(n + " " + word);
        }
    }

    private static void line(Output out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
