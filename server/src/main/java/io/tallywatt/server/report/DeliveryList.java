package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.DeliveryShape;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The deliveries of the ledger. */
public final class DeliveryList {
    private DeliveryList() {}

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
                        DeliveryShape.state(d),
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
            csv.writeRecord(DeliveryShape.HEADER);
            for (Delivery d : all) {
                csv.writeRecord(DeliveryShape.cells(d));
            }
        }
    }

    public static void json(Output out, List<Delivery> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (Delivery d : all) {
                DeliveryShape.write(json, d);
            }
            json.writeEndArray();
        }
    }

    /** One delivery as a whole answer. */
    public static void json(Output out, Delivery delivery) throws IOException {
        try (JsonGenerator json = out.json()) {
            DeliveryShape.write(json, delivery);
        }
    }
}
