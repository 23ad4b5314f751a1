package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings and steps. Times are shown in the series' zone, each with its offset, so that none is ambiguous.
 *
 * @param zone of the series
 */
public record ReadingShape(ZoneId zone) {
    /** Where {@code 2024-10-27T09:30} ends. */
    private static final int MINUTES_END = 16;

    public static final List<String> HEADER = List.of("start", "end", "value", "quality");
    public static final List<String> STEP_HEADER = List.of("start", "end", "value", "quality", "missing seconds");

    public void write(JsonGenerator json, Reading reading) throws IOException {
        start(json, reading.interval(), reading.value(), reading.quality());
        json.writeEndObject();
    }

    public void write(JsonGenerator json, Bucket step) throws IOException {
        start(json, step.interval(), step.value(), step.quality());
        json.writeNumberField("missingSeconds", step.missing());
        json.writeEndObject();
    }

    private void start(JsonGenerator json, Interval interval, @Nullable BigDecimal value, Quality quality)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("start", time(interval.start()));
        json.writeStringField("end", time(interval.end()));
        Json.decimal(json, "value", value);
        json.writeStringField("quality", quality.name());
    }

    public String[] cells(Reading r) {
        return new String[] {
            time(r.interval().start()),
            time(r.interval().end()),
            value(r.value()),
            r.quality().name()
        };
    }

    public String[] cells(Bucket b) {
        return new String[] {
            time(b.interval().start()),
            time(b.interval().end()),
            value(b.value()),
            b.quality().name(),
            Long.toString(b.missing())
        };
    }

    /** With seconds even where they are 0, which RFC 3339 demands and {@code toString} leaves out. */
    private String time(Instant instant) {
        String text = instant.atZone(zone).toOffsetDateTime().toString();
        return text.charAt(MINUTES_END) == ':'
                ? text
                : text.substring(0, MINUTES_END) + ":00" + text.substring(MINUTES_END);
    }

    private static String value(@Nullable BigDecimal value) {
        return value == null ? "" : Scaled.text(value);
    }
}
