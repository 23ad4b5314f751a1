package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Readings as they stream by; times are shown in the series' zone, each with its offset, so that none is ambiguous. */
public final class ReadingExport {
    private final Output out;
    private final ZoneId zone;

    public ReadingExport(Output out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    private String time(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime().toString();
    }

    private static String value(@Nullable BigDecimal value) {
        return value == null ? "" : Scaled.text(value);
    }

    public void csv(Iterator<Reading> readings) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord("start", "end", "value", "quality");
            while (readings.hasNext()) {
                Reading r = readings.next();
                csv.writeRecord(
                        time(r.interval().start()),
                        time(r.interval().end()),
                        value(r.value()),
                        r.quality().name());
            }
        }
    }

    public void csvSteps(Iterator<Bucket> steps) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord("start", "end", "value", "quality", "missing seconds");
            while (steps.hasNext()) {
                Bucket b = steps.next();
                csv.writeRecord(
                        time(b.interval().start()),
                        time(b.interval().end()),
                        value(b.value()),
                        b.quality().name(),
                        Long.toString(b.missing()));
            }
        }
    }

    public void json(Iterator<Reading> readings) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (readings.hasNext()) {
                Reading r = readings.next();
                start(json, r.interval(), r.value(), r.quality());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    public void jsonSteps(Iterator<Bucket> steps) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (steps.hasNext()) {
                Bucket b = steps.next();
                start(json, b.interval(), b.value(), b.quality());
                json.writeNumberField("missingSeconds", b.missing());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void start(JsonGenerator json, Interval interval, @Nullable BigDecimal value, Quality quality)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("start", time(interval.start()));
        json.writeStringField("end", time(interval.end()));
        Json.decimal(json, "value", value);
        json.writeStringField("quality", quality.name());
    }
}
