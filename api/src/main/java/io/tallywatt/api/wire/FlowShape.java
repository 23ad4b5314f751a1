package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.query.FlowSource;
import io.tallywatt.core.query.SeriesReading;
import io.tallywatt.core.reading.Scaled;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A flow over an interval, in MW; times in the zone of the border. One answer has one of its own. */
public final class FlowShape {
    public static final List<String> HEADER = List.of("series", "start", "end", "mw", "quality", "source");

    private final StampMemo starts = new StampMemo();
    private final StampMemo ends = new StampMemo();

    public void write(JsonGenerator json, SeriesReading flow) throws IOException {
        json.writeStartObject();
        json.writeStringField("series", flow.series().toString());
        json.writeStringField("start", starts.of(flow.interval().start(), flow.zone()));
        json.writeStringField("end", ends.of(flow.interval().end(), flow.zone()));
        Json.decimal(json, "mw", flow.value());
        json.writeStringField("quality", flow.quality().name());
        json.writeStringField("source", source(flow));
        json.writeEndObject();
    }

    public List<String> cells(SeriesReading flow) {
        return List.of(
                flow.series().toString(),
                starts.of(flow.interval().start(), flow.zone()),
                ends.of(flow.interval().end(), flow.zone()),
                Scaled.text(flow.value()),
                flow.quality().name(),
                source(flow));
    }

    private static String source(SeriesReading flow) {
        return Objects.requireNonNull(FlowSource.of(flow.series())).word();
    }
}
