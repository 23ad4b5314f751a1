package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.format.Reject;
import java.io.IOException;
import java.util.List;

/** A row that was not taken. */
public final class RejectShape {
    public static final List<String> HEADER = List.of("line", "column", "code", "message", "text");

    private RejectShape() {}

    public static void write(JsonGenerator json, Reject reject) throws IOException {
        json.writeStartObject();
        json.writeNumberField("line", reject.line());
        json.writeStringField("column", reject.column());
        json.writeStringField("code", reject.code().name());
        json.writeStringField("message", reject.message());
        json.writeStringField("text", reject.text());
        json.writeEndObject();
    }

    public static List<String> cells(Reject r) {
        return List.of(Long.toString(r.line()), r.column(), r.code().name(), r.message(), r.text());
    }
}
