package io.tallywatt.collectors.simulator;

import io.tallywatt.core.reading.Scaled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How records are written. */
final class RecordText {
    private static final int KWH_DIGITS = 3;

    private RecordText() {}

    /** One record as a JSON object, without a line's end. Energy is exact, in kWh; null where there is no value. */
    static String of(String site, Instant start, @Nullable Long generatedWh, @Nullable Long consumedWh) {
        return "{\"site_id\": \"" + site + "\", \"timestamp\": \"" + start + "\", \"energy_generated_kwh\": "
                + kwh(generatedWh) + ", \"energy_consumed_kwh\": " + kwh(consumedWh) + "}";
    }

    private static String kwh(@Nullable Long wh) {
        return wh == null ? "null" : Scaled.text(Scaled.toDecimal(wh, KWH_DIGITS));
    }

    /** A file of records. */
    static byte[] file(Shape shape, List<String> records) {
        String text = switch (shape) {
            case ARRAY -> "[\n" + String.join(",\n", records) + "\n]\n";
            case OBJECT, NDJSON, MIXED -> String.join("\n", records) + "\n";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
