package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON as all answers write it: decimals with their exact digits, one item of an outer list per line. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setPrettyPrinter(new LinePerItem());
    }

    static void decimal(JsonGenerator json, String name, @Nullable BigDecimal value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Scaled.trim(value));
        }
    }

    static void instant(JsonGenerator json, String name, @Nullable Instant value) throws IOException {
        json.writeStringField(name, value == null ? null : value.toString());
    }

    static void notices(JsonGenerator json, List<Notice> notices) throws IOException {
        json.writeArrayFieldStart("notices");
        for (Notice notice : notices) {
            json.writeStartObject();
            json.writeStringField("code", notice.code().name());
            json.writeNumberField("count", notice.count());
            json.writeNumberField("firstLine", notice.firstLine());
            json.writeStringField("message", notice.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void reject(JsonGenerator json, Reject reject) throws IOException {
        json.writeStartObject();
        json.writeNumberField("line", reject.line());
        json.writeStringField("column", reject.column());
        json.writeStringField("code", reject.code().name());
        json.writeStringField("message", reject.message());
        json.writeStringField("text", reject.text());
        json.writeEndObject();
    }

    /** A line break before each item of the outermost list; the answer ends with one. */
    private static final class LinePerItem extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        private int arrays;
        private int depth;

        @Override
        public void writeStartObject(JsonGenerator json) throws IOException {
            depth++;
            super.writeStartObject(json);
        }

        @Override
        public void writeEndObject(JsonGenerator json, int entries) throws IOException {
            super.writeEndObject(json, entries);
            end(json);
        }

        @Override
        public void writeStartArray(JsonGenerator json) throws IOException {
            depth++;
            arrays++;
            super.writeStartArray(json);
        }

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            if (arrays == 1) {
                json.writeRaw('\n');
            }
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            super.writeArrayValueSeparator(json);
            if (arrays == 1) {
                json.writeRaw('\n');
            }
        }

        @Override
        public void writeEndArray(JsonGenerator json, int values) throws IOException {
            if (arrays == 1 && values > 0) {
                json.writeRaw('\n');
            }
            super.writeEndArray(json, values);
            arrays--;
            end(json);
        }

        private void end(JsonGenerator json) throws IOException {
            depth--;
            if (depth == 0) {
                json.writeRaw('\n');
            }
        }
    }
}
