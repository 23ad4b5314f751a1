package io.tallywatt.aws.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON document as maps, lists, texts, numbers as their texts, and booleans. Looking for what is not there finds nothing,
 * however deep.
 */
public final class JsonTree {
    private static final JsonFactory JSON = new JsonFactory();

    private final @Nullable Object value;

    private JsonTree(@Nullable Object value) {
        this.value = value;
    }

    public static JsonTree read(InputStream in) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            return read(parser);
        }
    }

    public static JsonTree read(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return read(parser);
        }
    }

    private static JsonTree read(JsonParser parser) throws IOException {
        parser.nextToken();
        return new JsonTree(value(parser));
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return items;
        }
        return token == null || token == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    /** The value of a field, or nothing. */
    public JsonTree get(String field) {
        return new JsonTree(value instanceof Map<?, ?> fields ? fields.get(field) : null);
    }

    /** The items of an array; none where there is no array. */
    public List<JsonTree> items() {
        if (!(value instanceof List<?> items)) {
            return List.of();
        }
        List<JsonTree> trees = new ArrayList<>();
        items.forEach(item -> trees.add(new JsonTree(item)));
        return trees;
    }

    /** Whether there is an array, if perhaps without items. */
    public boolean isArray() {
        return value instanceof List<?>;
    }

    /** The text of a value that is neither an object nor an array, null where there is none. */
    public @Nullable String text() {
        return value instanceof String text ? text : null;
    }
}
