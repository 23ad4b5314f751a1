package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.AnomalyShape;
import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Anomalies, those that start last first. */
public final class AnomalyList {
    private static final int COLUMNS = 80;
    private static final String INDENT = "    ";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private AnomalyList() {}

    /**
     * Two lines for each: when, which rule and whose; what was seen and what was expected.
     *
     * @param more whether there are others than these
     */
    public static void text(Output out, List<Anomaly> all, boolean more) throws IOException {
        if (all.isEmpty()) {
            line(out, "No anomalies.");
            return;
        }
        Set<ZoneId> zones = all.stream().map(Anomaly::zone).collect(Collectors.toSet());
        long open = all.stream().filter(Anomaly::open).count();
        line(
                out,
                (more ? "The latest " : "")
                        + Text.count(all.size(), "anomaly", "anomalies")
                        + (open == all.size() ? ", all open" : ", " + Text.count(open) + " open")
                        + (zones.size() == 1 ? "; times in " + zones.iterator().next() : ""));
        for (Anomaly anomaly : all) {
            entry(out, anomaly, zones.size() > 1);
        }
        if (more) {
            line(out, "There are more: --limit shows as many as you say, --counts how many there are.");
        }
    }

    private static void entry(Output out, Anomaly anomaly, boolean zoned) throws IOException {
        Finding finding = anomaly.found().finding();
        String first = String.format(
                Locale.ROOT,
                "%-16s  %-14s  %-8s  %-8s  ",
                MINUTE.format(finding.interval().start().atZone(anomaly.zone())),
                rule(finding.rule()),
                finding.severity().name().toLowerCase(Locale.ROOT),
                anomaly.open() ? "open" : "resolved");
        line(out, first + Text.endOf(Text.clean(finding.series().toString()), COLUMNS - first.length()));
        String second = Text.clean(finding.observed()) + "; expected " + Text.clean(finding.expected()) + " ("
                + lasting(finding.interval().duration()) + (zoned ? ", times in " + anomaly.zone() : "") + ")";
        for (String part : wrapped(second, COLUMNS - INDENT.length())) {
            line(out, INDENT + part);
        }
    }

    /** As one can write it after {@code --rule}. */
    static String rule(RuleName rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code 5 min}, {@code 2 h 10 min}, {@code 3 days}. */
    static String lasting(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return Text.count(seconds / 86_400, "day", "days");
        }
        String hours = seconds >= 3600 ? Text.count(seconds / 3600) + " h" : "";
        String minutes = seconds % 3600 >= 60 ? seconds % 3600 / 60 + " min" : "";
        String rest = seconds % 60 > 0 ? seconds % 60 + " s" : "";
        return String.join(" ", List.of(hours, minutes, rest)).strip().replaceAll(" +", " ");
    }

    /** Broken at blanks where that can be. */
    static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > columns) {
            int blank = rest.lastIndexOf(' ', columns);
            int end = blank > 0 ? blank : columns;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private static void line(Output out, String text) throws IOException {
        out.write((text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static void csv(Output out, Iterator<Anomaly> all) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(AnomalyShape.HEADER);
            while (all.hasNext()) {
                csv.writeRecord(AnomalyShape.cells(all.next()));
            }
        }
    }

    public static void json(Output out, Iterator<Anomaly> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (all.hasNext()) {
                AnomalyShape.write(json, all.next());
            }
            json.writeEndArray();
        }
    }
}
