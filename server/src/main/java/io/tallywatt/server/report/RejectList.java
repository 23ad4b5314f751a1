package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.RejectShape;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.store.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** The rows of a delivery that were not taken. */
public final class RejectList {
    private static final int ROW_COLUMNS = 110;

    private RejectList() {}

    public static void text(Output out, Delivery delivery, Iterator<Reject> all) throws IOException {
        String name = Text.clean(delivery.name()) + " (delivery " + delivery.id() + ")";
        if (delivery.reason() != null) {
            line(out, name + " could not be read at all: " + Text.reason(delivery.name(), delivery.reason()));
            return;
        }
        if (!all.hasNext()) {
            line(out, name + ": every row was taken");
            return;
        }
        line(out, name + ": " + Text.count(delivery.counts().rejected(), "row was", "rows were") + " not taken");
        while (all.hasNext()) {
            Reject reject = all.next();
            line(out, Text.clean(TextIngestReport.words(reject)));
            line(out, "    " + Text.atMost(Text.clean(reject.text()), ROW_COLUMNS));
        }
    }

    private static void line(Output out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static void csv(Output out, Iterator<Reject> all) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(RejectShape.HEADER);
            while (all.hasNext()) {
                csv.writeRecord(RejectShape.cells(all.next()));
            }
        }
    }

    public static void json(Output out, Iterator<Reject> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (all.hasNext()) {
                RejectShape.write(json, all.next());
            }
            json.writeEndArray();
        }
    }
}
