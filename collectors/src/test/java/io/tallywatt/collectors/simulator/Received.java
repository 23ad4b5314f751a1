package io.tallywatt.collectors.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record as another program reads it out of a file, strictly: exactly the four fields, decimals with at most three digits.
 *
 * @param generatedWh null where the field is null
 */
record Received(String site, Instant start, Long generatedWh, Long consumedWh) {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    Long wh(String quantity) {
        return switch (quantity) {
            case "generation" -> generatedWh;
            case "consumption" -> consumedWh;
            default -> throw new AssertionError(quantity);
        };
    }

    /** All records of a file, which must be of the shape that its name and first letter promise. */
    static List<Received> in(SimulatedFile file) {
        List<Received> records = new ArrayList<>();
        try (JsonParser json = STRICT.createParser(file.content())) {
            boolean lines = file.name().endsWith(".ndjson");
            boolean array = !lines && file.content()[0] == '[';
            if (array) {
                check(json.nextToken() == JsonToken.START_ARRAY, file);
            }
            JsonToken token = json.nextToken();
            while (token == JsonToken.START_OBJECT) {
                records.add(record(json));
                token = json.nextToken();
            }
            check(token == (array ? JsonToken.END_ARRAY : null), file);
            check(json.nextToken() == null, file);
            check(lines || array || records.size() == 1, file);
            check(!lines || new String(file.content(), UTF_8).lines().count() == records.size(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.name(), e);
        }
        check(!records.isEmpty(), file);
        return records;
    }

    private static void check(boolean right, SimulatedFile file) {
        if (!right) {
            throw new AssertionError(file.name() + " is not as it should be: " + new String(file.content(), UTF_8));
        }
    }

    private static Received record(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            fields.put(
                    name,
                    switch (json.nextToken()) {
                        case VALUE_STRING -> json.getText();
                        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
                        case VALUE_NULL -> null;
                        default -> throw new AssertionError(name + ": " + json.currentToken());
                    });
        }
        if (!List.copyOf(fields.keySet())
                .equals(List.of("site_id", "timestamp", "energy_generated_kwh", "energy_consumed_kwh"))) {
            throw new AssertionError("fields " + fields.keySet());
        }
        return new Received(
                (String) fields.get("site_id"),
                Instant.parse((String) fields.get("timestamp")),
                wh(fields.get("energy_generated_kwh")),
                wh(fields.get("energy_consumed_kwh")));
    }

    private static Long wh(Object kwh) {
        return kwh == null ? null : ((BigDecimal) kwh).movePointRight(3).longValueExact();
    }
}
