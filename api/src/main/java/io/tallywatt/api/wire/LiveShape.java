package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.FlowSource;
import io.tallywatt.core.query.SeriesReading;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A reading among those of other series, on a line of its own; times in the zone of its series. */
public final class LiveShape {
    private final StampMemo starts = new StampMemo();
    private final StampMemo ends = new StampMemo();

    public void write(OutputStream out, SeriesReading reading) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringField("series", reading.series().toString());
            json.writeStringField("unit", reading.unit());
            json.writeStringField("start", starts.of(reading.interval().start(), reading.zone()));
            json.writeStringField("end", ends.of(reading.interval().end(), reading.zone()));
            Json.decimal(json, "value", reading.value());
            json.writeStringField("quality", reading.quality().name());
            @Nullable FlowSource source = FlowSource.of(reading.series());
            json.writeStringField("source", source == null ? null : source.word());
            json.writeEndObject();
        }
    }
}
