package io.tallywatt.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of JSON for the log: what CloudWatch can be asked for by field. */
final class LogLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 2_000;

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private LogLine(String level, String message) {
        fields.put("level", level);
        fields.put("message", message);
    }

    static LogLine info(String message) {
        return new LogLine("INFO", message);
    }

    static LogLine error(String message) {
        return new LogLine("ERROR", message);
    }

    LogLine with(String name, String value) {
        fields.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value);
        return this;
    }

    LogLine with(String name, long value) {
        fields.put(name, value);
        return this;
    }

    /** The failure by its kind and words; where it happened goes to the log as the runtime writes it. */
    LogLine because(Throwable failure) {
        return with("failure", failure.toString());
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                if (field.getValue() instanceof Long number) {
                    json.writeNumberField(field.getKey(), number);
                } else {
                    json.writeStringField(field.getKey(), field.getValue().toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    void write() {
        System.out.println(this);
    }
}
