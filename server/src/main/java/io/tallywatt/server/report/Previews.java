package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.DeliveryShape;
import io.tallywatt.api.wire.IngestShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.RejectShape;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Preview;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How files would be read: what {@code --dry-run} shows. */
public final class Previews {
    private static final int FIRST_VALUES = 6;

    private Previews() {}

    /** As text. */
    public static void text(Output out, Preview preview) throws IOException {
        line(out, preview.name() + ": format " + preview.format());
        int what = 0;
        int value = 0;
        for (Layout.Decision decision : preview.decisions()) {
            what = Math.max(what, decision.what().length());
            value = Math.max(value, decision.value().length());
        }
        for (Layout.Decision d : preview.decisions()) {
            line(out, "  " + pad(d.what(), what) + "  " + pad(d.value(), Math.min(value, 40)) + "  (" + d.why() + ")");
        }
        line(out, preview.blocks().isEmpty() ? "No readings in its first rows." : "First rows:");
        for (Preview.Parsed parsed : preview.blocks()) {
            DayBlock block = parsed.block();
            line(
                    out,
                    "  line " + parsed.line() + "  " + parsed.series() + "  " + block.date() + "  "
                            + String.join(" ", values(block, FIRST_VALUES))
                            + (block.length() > FIRST_VALUES ? " ..." : "") + "  ("
                            + Text.count(block.length(), "interval", "intervals")
                            + (block.resolution() == null ? "" : " of " + block.resolution())
                            + " from " + Instant.ofEpochSecond(block.startOf(0)) + ")  total "
                            + Text.decimal(block.total()) + " kWh");
        }
        for (Notice notice : preview.notices()) {
            line(out, "  " + TextIngestReport.words(notice));
        }
        for (Reject reject : preview.rejects()) {
            line(out, "  " + TextIngestReport.words(reject));
        }
    }

    /** The first values, as they will be stored; {@code -} where there is none. */
    private static List<String> values(DayBlock block, int most) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < Math.min(most, block.length()); i++) {
            boolean missing = block.qualities()[i] == Quality.MISSING.code();
            values.add(missing ? "-" : Text.decimal(Scaled.toDecimal(block.values()[i], block.scale())));
        }
        return values;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static void line(Output out, String text) throws IOException {
        out.write((Text.clean(text) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A document that cannot be read, as text. */
    public static void text(Output out, String name, String reason) throws IOException {
        line(out, name + ": cannot be read: " + Text.reason(name, reason));
    }

    /** As one JSON object. */
    public static void json(JsonGenerator json, Preview preview) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", preview.name());
        json.writeStringField("outcome", "readable");
        json.writeStringField("format", preview.format());
        IngestShape.decisions(json, preview.decisions());
        json.writeArrayFieldStart("rows");
        for (Preview.Parsed parsed : preview.blocks()) {
            DayBlock block = parsed.block();
            json.writeStartObject();
            json.writeNumberField("line", parsed.line());
            json.writeStringField("series", parsed.series().toString());
            json.writeStringField("date", block.date().toString());
            json.writeStringField(
                    "resolution",
                    block.resolution() == null ? null : block.resolution().toString());
            json.writeNumberField("intervals", block.length());
            Json.instant(json, "start", Instant.ofEpochSecond(block.startOf(0)));
            json.writeArrayFieldStart("values");
            for (int i = 0; i < Math.min(FIRST_VALUES, block.length()); i++) {
                if (block.qualities()[i] == Quality.MISSING.code()) {
                    json.writeNull();
                } else {
                    json.writeNumber(Scaled.trim(Scaled.toDecimal(block.values()[i], block.scale())));
                }
            }
            json.writeEndArray();
            Json.decimal(json, "total", block.total());
            json.writeEndObject();
        }
        json.writeEndArray();
        DeliveryShape.notices(json, preview.notices());
        json.writeArrayFieldStart("rejects");
        for (Reject reject : preview.rejects()) {
            RejectShape.write(json, reject);
        }
        json.writeEndArray();
        json.writeNullField("reason");
        json.writeEndObject();
    }

    /** A document that cannot be read, as one JSON object. */
    public static void json(JsonGenerator json, String name, String reason) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("outcome", "unreadable");
        json.writeStringField("reason", reason);
        json.writeEndObject();
    }
}
