package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
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
 * Readings and steps. Times are shown in the series' zone, each with its offset, so that none is ambiguous. One answer has
 * one of its own: it remembers the last time, with which the next reading mostly starts.
 */
public final class ReadingShape {
    private static final SerializableString START = new SerializedString("start");
    private static final SerializableString END = new SerializedString("end");
    private static final SerializableString VALUE = new SerializedString("value");
    private static final SerializableString QUALITY = new SerializedString("quality");
    private static final SerializableString MISSING_SECONDS = new SerializedString("missingSeconds");

    public static final List<String> HEADER = List.of("start", "end", "value", "quality");
    public static final List<String> STEP_HEADER = List.of("start", "end", "value", "quality", "missing seconds");

    private final ZoneId zone;
    private Instant last = Instant.MIN;
    private String lastText = "";

    /** @param zone of the series */
    public ReadingShape(ZoneId zone) {
        this.zone = zone;
    }

    public void write(JsonGenerator json, Reading reading) throws IOException {
        start(json, reading.interval(), reading.value(), reading.quality());
        json.writeEndObject();
    }

    public void write(JsonGenerator json, Bucket step) throws IOException {
        start(json, step.interval(), step.value(), step.quality());
        json.writeFieldName(MISSING_SECONDS);
        json.writeNumber(step.missing());
        json.writeEndObject();
    }

    private void start(JsonGenerator json, Interval interval, @Nullable BigDecimal value, Quality quality)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName(START);
        json.writeString(time(interval.start()));
        json.writeFieldName(END);
        json.writeString(time(interval.end()));
        json.writeFieldName(VALUE);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(Scaled.trim(value));
        }
        json.writeFieldName(QUALITY);
        json.writeString(quality.name());
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

    private String time(Instant instant) {
        if (!instant.equals(last)) {
            lastText = Stamp.of(instant, zone);
            last = instant;
        }
        return lastText;
    }

    private static String value(@Nullable BigDecimal value) {
        return value == null ? "" : Scaled.text(value);
    }
}
