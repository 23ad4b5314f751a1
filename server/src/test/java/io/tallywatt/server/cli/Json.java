package io.tallywatt.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer in JSON, walked to its last token. Numbers are kept as they were written. */
public record Json(Object value) {
    static Json parse(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            Json json = new Json(read(parser));
            if (parser.nextToken() != null) {
                throw new AssertionError("More than one value in: " + text);
            }
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON: " + text, e);
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield items;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getText());
            case VALUE_NULL -> "null";
            default -> parser.getText();
        };
    }

    /** Down a path of names and numbers. */
    public Json at(Object... path) {
        Object here = value;
        for (Object step : path) {
            here = step instanceof Integer index ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(step);
            if (here == null) {
                throw new AssertionError("No " + step + " in " + value);
            }
        }
        return new Json(here);
    }

    public String text(Object... path) {
        Object there = at(path).value;
        return there instanceof BigDecimal number ? number.toString() : (String) there;
    }

    public int size() {
        return ((List<?>) value).size();
    }

    List<String> names() {
        return ((Map<?, ?>) value).keySet().stream().map(Object::toString).toList();
    }
}
