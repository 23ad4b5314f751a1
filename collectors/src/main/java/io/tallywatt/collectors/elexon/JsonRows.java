package io.tallywatt.collectors.elexon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a reply, row by row: a bare list of objects, or an object with such a list under {@code data}.
 * Rows are handed out as they are; a reply that breaks off has handed out those before.
 */
final class JsonRows {
    private static final String ROWS = "data";
    /** Of a row's text, what a reject may show. */
    private static final int MOST_TEXT = 2_000;

    /** Rows are flat and short; what is not is no reply. {@code NaN} is let through so that it costs only its row. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxNumberLength(500)
                    .maxStringLength(100_000)
                    .maxNameLength(1_000)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final byte[] body;
    private final JsonParser parser;
    private final Consumer<JsonRow> rows;
    private long number;

    private JsonRows(byte[] body, JsonParser parser, Consumer<JsonRow> rows) {
        this.body = body;
        this.parser = parser;
        this.rows = rows;
    }

    /**
     * Hands out the rows, in their order.
     *
     * @param what they are called, for messages
     * @throws UnreadableDocument if this is not JSON, or not of that shape
     */
    static void read(byte[] body, String what, Consumer<JsonRow> rows) {
        try (JsonParser parser = JSON.createParser(body)) {
            new JsonRows(body, parser, rows).readAll();
        } catch (JsonProcessingException e) {
            throw new UnreadableDocument(
                    Reason.NOT_JSON,
                    "Expected the rows of " + what + " as JSON, but" + place(e.getLocation()) + ": "
                            + firstLine(e.getOriginalMessage()) + beginning(body),
                    e);
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.NOT_JSON, "Expected JSON, but its text cannot be decoded: " + e, e);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** How the reply begins, which tells a page of a proxy at once. */
    private static String beginning(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 60), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return start.isEmpty() ? "; it is empty" : "; it begins '" + start + "'";
    }

    private void readAll() throws IOException {
        JsonToken first = parser.nextToken();
        boolean found = false;
        if (first == JsonToken.START_ARRAY) {
            readRows();
            found = true;
        } else if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean here = parser.currentName().equals(ROWS);
                if (parser.nextToken() == JsonToken.START_ARRAY && here) {
                    readRows();
                    found = true;
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (!found) {
            throw new UnreadableDocument(
                    Reason.NOT_JSON, "Expected a list of rows, or one under 'data'" + beginning(body));
        }
        if (parser.nextToken() != null) {
            throw new UnreadableDocument(
                    Reason.NOT_JSON,
                    "Expected nothing behind the rows, but there is more in line "
                            + parser.currentTokenLocation().getLineNr());
        }
    }

    private void readRows() throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                // The parser says so itself where it can; a list that is never closed must not go on for ever.
                throw new UnreadableDocument(Reason.NOT_JSON, "The reply ends before its list of rows does");
            }
            number++;
            long line = parser.currentTokenLocation().getLineNr();
            long from = parser.currentTokenLocation().getByteOffset();
            if (token == JsonToken.START_OBJECT) {
                readRow(line, from);
            } else {
                String what = token.name().toLowerCase(Locale.ROOT);
                parser.skipChildren();
                // A text is read to its end only when somebody asks.
                parser.finishToken();
                rows.accept(new JsonRow(number, line, text(from), Map.of(), new Field.Other(what), ""));
            }
        }
    }

    private void readRow(long line, long from) throws IOException {
        Map<String, Field> fields = new TreeMap<>();
        String again = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Field field = field();
            if (fields.put(name, field) != null) {
                again = name;
            }
        }
        rows.accept(new JsonRow(number, line, text(from), fields, null, again));
    }

    private Field field() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Field.Text(parser.getText());
            case VALUE_NUMBER_INT -> new Field.Figure(new BigDecimal(parser.getBigIntegerValue()));
            case VALUE_NUMBER_FLOAT ->
                parser.isNaN() ? new Field.Other(parser.getText()) : new Field.Figure(parser.getDecimalValue());
            case VALUE_NULL -> new Field.Absent(true);
            case null, default -> {
                String what = parser.getText();
                parser.skipChildren();
                yield new Field.Other(what);
            }
        };
    }

    private String text(long from) {
        long to = parser.currentLocation().getByteOffset();
        if (from < 0 || to < from || to > body.length) {
            // Not UTF-8: places are counted in characters then.
            return "row " + number;
        }
        return new String(body, (int) from, (int) Math.min(to - from, MOST_TEXT * 4L), StandardCharsets.UTF_8);
    }
}
