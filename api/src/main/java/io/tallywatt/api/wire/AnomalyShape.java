package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Anomaly;
import io.tallywatt.core.query.DayCount;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.validate.Finding;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is not as it should be; and how many of them there are, by thing or by day. */
public final class AnomalyShape {
    public static final List<String> HEADER = List.of(
            "series",
            "start",
            "end",
            "rule",
            "observed",
            "expected",
            "severity",
            "value",
            "low",
            "high",
            "confidence",
            "foundAt",
            "resolvedAt",
            "delivery");

    public static final List<String> COUNT_HEADER = List.of("thing", "rule", "count", "open");
    public static final List<String> DAY_HEADER = List.of("date", "rule", "count", "open");

    private AnomalyShape() {}

    public static void write(JsonGenerator json, Anomaly anomaly) throws IOException {
        Finding finding = anomaly.found().finding();
        json.writeStartObject();
        json.writeStringField("series", finding.series().toString());
        json.writeStringField("start", Stamp.of(finding.interval().start(), anomaly.zone()));
        json.writeStringField("end", Stamp.of(finding.interval().end(), anomaly.zone()));
        json.writeStringField("rule", finding.rule().name());
        json.writeStringField("observed", finding.observed());
        json.writeStringField("expected", finding.expected());
        json.writeStringField("severity", finding.severity().name());
        Json.decimal(json, "value", finding.value());
        Json.decimal(json, "low", finding.low());
        Json.decimal(json, "high", finding.high());
        Json.decimal(json, "confidence", finding.confidence());
        Json.instant(json, "foundAt", finding.foundAt());
        Json.instant(json, "resolvedAt", anomaly.found().resolvedAt());
        delivery(json, finding.delivery());
        json.writeEndObject();
    }

    private static void delivery(JsonGenerator json, long delivery) throws IOException {
        if (delivery == 0) {
            json.writeNullField("delivery");
        } else {
            json.writeNumberField("delivery", delivery);
        }
    }

    public static List<String> cells(Anomaly anomaly) {
        Finding finding = anomaly.found().finding();
        return List.of(
                finding.series().toString(),
                Stamp.of(finding.interval().start(), anomaly.zone()),
                Stamp.of(finding.interval().end(), anomaly.zone()),
                finding.rule().name(),
                finding.observed(),
                finding.expected(),
                finding.severity().name(),
                RecordShape.decimal(finding.value()),
                RecordShape.decimal(finding.low()),
                RecordShape.decimal(finding.high()),
                RecordShape.decimal(finding.confidence()),
                finding.foundAt().toString(),
                instant(anomaly.found().resolvedAt()),
                finding.delivery() == 0 ? "" : Long.toString(finding.delivery()));
    }

    private static String instant(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    public static void write(JsonGenerator json, FindingCount count) throws IOException {
        json.writeStartObject();
        json.writeStringField("thing", count.thing());
        json.writeStringField("rule", count.rule().name());
        json.writeNumberField("count", count.count());
        json.writeNumberField("open", count.open());
        json.writeEndObject();
    }

    public static List<String> cells(FindingCount count) {
        return List.of(count.thing(), count.rule().name(), Long.toString(count.count()), Long.toString(count.open()));
    }

    public static void write(JsonGenerator json, DayCount count) throws IOException {
        json.writeStartObject();
        json.writeStringField("date", count.date().toString());
        json.writeStringField("rule", count.rule().name());
        json.writeNumberField("count", count.count());
        json.writeNumberField("open", count.open());
        json.writeEndObject();
    }

    public static List<String> cells(DayCount count) {
        return List.of(
                count.date().toString(),
                count.rule().name(),
                Long.toString(count.count()),
                Long.toString(count.open()));
    }
}
