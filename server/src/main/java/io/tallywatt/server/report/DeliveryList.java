package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The deliveries of the ledger. */
public final class DeliveryList {
    private DeliveryList() {}

    private static String state(Delivery delivery) {
        return delivery.state().name().toLowerCase(Locale.ROOT);
    }

    public static void text(Output out, List<Delivery> all) throws IOException {
        if (all.isEmpty()) {
            out.write("No file has come yet.\n".getBytes(StandardCharsets.UTF_8));
        }
        try (TextTable table = new TextTable(
                out,
                Column.right("id"),
                Column.left("received"),
                Column.left("state"),
                Column.right("rows"),
                Column.right("rejected"),
                Column.right("readings"),
                Column.left("format"),
                Column.left("zone"),
                Column.left("file"))) {
            for (Delivery d : all) {
                table.row(
                        Long.toString(d.id()),
                        d.receivedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                        state(d),
                        Text.count(d.counts().rows()),
                        Text.count(d.counts().rejected()),
                        Text.count(d.counts().readings()),
                        d.format().isEmpty() ? "-" : d.format(),
                        d.zone().isEmpty() ? "-" : d.zone(),
                        Text.clean(d.name()) + (d.reason() == null ? "" : ": " + Text.reason(d.name(), d.reason())));
            }
        }
    }

    public static void csv(Output out, List<Delivery> all) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(
                    "id",
                    "name",
                    "state",
                    "receivedAt",
                    "knownAt",
                    "digest",
                    "bytes",
                    "format",
                    "settings",
                    "zone",
                    "rows",
                    "rejected",
                    "readings",
                    "reason");
            for (Delivery d : all) {
                csv.writeRecord(
                        Long.toString(d.id()),
                        d.name(),
                        state(d),
                        d.receivedAt().toString(),
                        d.knownAt().toString(),
                        d.digest(),
                        Long.toString(d.bytes()),
                        d.format(),
                        d.settings(),
                        d.zone(),
                        Long.toString(d.counts().rows()),
                        Long.toString(d.counts().rejected()),
                        Long.toString(d.counts().readings()),
                        d.reason() == null ? "" : d.reason());
            }
        }
    }

    public static void json(Output out, List<Delivery> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (Delivery d : all) {
                json(json, d);
            }
            json.writeEndArray();
        }
    }

    /** One delivery as a whole answer. */
    public static void json(Output out, Delivery delivery) throws IOException {
        try (JsonGenerator json = out.json()) {
            json(json, delivery);
        }
    }

    private static void json(JsonGenerator json, Delivery d) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", d.id());
        json.writeStringField("name", d.name());
        json.writeStringField("state", state(d));
        Json.instant(json, "receivedAt", d.receivedAt());
        Json.instant(json, "knownAt", d.knownAt());
        json.writeStringField("digest", d.digest());
        json.writeNumberField("bytes", d.bytes());
        json.writeStringField("format", d.format());
        json.writeStringField("settings", d.settings());
        json.writeStringField("zone", d.zone());
        JsonIngestReport.counts(json, d.counts());
        Json.notices(json, d.notices());
        json.writeStringField("reason", d.reason());
        json.writeEndObject();
    }
}
