package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** JSON as all answers write it: decimals with their exact digits, one item of an outer list per line. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    public static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out).setPrettyPrinter(new LinePerItem());
    }

    public static void decimal(JsonGenerator json, String name, @Nullable BigDecimal value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Scaled.trim(value));
        }
    }

    public static void instant(JsonGenerator json, String name, @Nullable Instant value) throws IOException {
        json.writeStringField(name, value == null ? null : value.toString());
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
