package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tallywatt.core.store.MeterGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a group of meters: {@code {group, name, meters: [keys]}}, in lists {@code {group, name, meters: count}}; and how one is
 * read, of JSON {@code {name, meters: [keys]}} or of a table of one column, a key in each line.
 */
public final class GroupShape {
    public static final List<String> HEADER = List.of("group", "name", "meters");
    /** What the column of keys is called; as the first line of a table it is no key. */
    public static final String METER = "meter";

    public static final String NAMES =
            "a name of at most " + MeterGroup.LONGEST_NAME + " characters, without control characters";

    /** Room for the most meters that a group may have, with long keys; in bytes. */
    public static final int LARGEST = 16 << 20;

    private static final int LONGEST_KEY = 200;
    private static final String KEYS = "the keys of meters, such as EE00011, of up to " + LONGEST_KEY + " characters";
    private static final String BODY = "{\"name\": \"North\", \"meters\": [\"EE00011\", \"EE00012\"]}";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private GroupShape() {}

    /**
     * What is said of a group.
     *
     * @param group its key; null, as is the name, if nothing is said of it
     * @param meters keys, as they came
     */
    public record Given(@Nullable String group, @Nullable String name, List<String> meters) {}

    /** What was given is no group. */
    public static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String part;
        private final String got;
        private final String expected;

        Unreadable(String part, String got, String expected) {
            super("Expected " + part + " to be " + expected + ", but got '" + got + "'");
            this.part = part;
            this.got = got;
            this.expected = expected;
        }

        /** What is to blame: {@code name}, {@code meters} or {@code body}. */
        public String part() {
            return part;
        }

        public String got() {
            return got;
        }

        /** The same, no longer than people read. */
        public String shownGot() {
            return got.length() <= 80 ? got : got.substring(0, 80) + "...";
        }

        public String expected() {
            return expected;
        }
    }

    public static void write(JsonGenerator json, MeterGroup group) throws IOException {
        json.writeStartObject();
        json.writeStringField("group", group.key());
        json.writeStringField("name", group.name());
        json.writeArrayFieldStart("meters");
        for (String meter : group.meterKeys()) {
            json.writeString(meter);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    public static void write(JsonGenerator json, MeterGroup.Entry group) throws IOException {
        json.writeStartObject();
        json.writeStringField("group", group.key());
        json.writeStringField("name", group.name());
        json.writeNumberField("meters", group.meters());
        json.writeEndObject();
    }

    public static List<String> cells(MeterGroup.Entry group) {
        return List.of(group.key(), group.name(), Integer.toString(group.meters()));
    }

    public static boolean isName(String text) {
        return text.length() <= MeterGroup.LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    /** @throws Unreadable if it is something else */
    public static Given json(byte[] body) {
        try (JsonParser json = FACTORY.createParser(new ByteArrayInputStream(body))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notABody(body);
            }
            @Nullable String group = null;
            @Nullable String name = null;
            @Nullable List<String> meters = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "group" -> group = group(json);
                    case "name" -> name = name(json);
                    case "meters" -> meters = meters(json);
                    default -> throw new Unreadable("body", field, "name and meters only, such as " + BODY);
                }
            }
            if (json.nextToken() != null || meters == null) {
                throw notABody(body);
            }
            return new Given(group, name, meters);
        } catch (JsonParseException e) {
            throw notABody(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory are there", e);
        }
    }

    private static Unreadable notABody(byte[] body) {
        return new Unreadable("body", new String(body, StandardCharsets.UTF_8), "JSON such as " + BODY);
    }

    private static String group(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new Unreadable("group", json.getText(), "the key of a group: " + MeterGroup.KEYS);
        }
        return json.getText();
    }

    private static String name(JsonParser json) throws IOException {
        String name = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        if (json.currentToken() != JsonToken.VALUE_STRING || !isName(name)) {
            throw new Unreadable("name", json.currentToken() == JsonToken.VALUE_STRING ? name : json.getText(), NAMES);
        }
        return name;
    }

    private static List<String> meters(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new Unreadable("meters", json.getText(), "a list of " + KEYS);
        }
        List<String> meters = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new Unreadable("meters", json.getText(), "a list of " + KEYS);
            }
            meters.add(key(json.getText()));
        }
        return enough(meters);
    }

    /** @throws Unreadable if it is something else */
    public static Given csv(byte[] body) {
        List<String> meters = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(new StringReader(text(body)))) {
            boolean first = true;
            for (CsvRecord line : csv) {
                if (line.getFieldCount() != 1) {
                    throw new Unreadable(
                            "meters",
                            String.join(",", line.getFields()),
                            "one key of a meter in line " + line.getStartingLineNumber());
                }
                String key = line.getField(0).strip();
                if (!key.isEmpty() && !(first && key.equals(METER))) {
                    meters.add(key(key));
                }
                first = false;
            }
        } catch (CsvParseException e) {
            throw new Unreadable("meters", String.valueOf(e.getMessage()), "one key of a meter in each line");
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory is there", e);
        }
        return new Given(null, null, enough(meters));
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Unreadable("meters", "other bytes", "text in UTF-8, one key of a meter in each line");
        }
    }

    private static String key(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY || key.chars().anyMatch(Character::isISOControl)) {
            throw new Unreadable("meters", key, KEYS);
        }
        return key;
    }

    private static List<String> enough(List<String> meters) {
        if (meters.stream().distinct().limit(MeterGroup.MOST_METERS + 1L).count() > MeterGroup.MOST_METERS) {
            throw new Unreadable(
                    "meters", meters.size() + " of them", "at most " + MeterGroup.MOST_METERS + " different meters");
        }
        return meters;
    }
}
