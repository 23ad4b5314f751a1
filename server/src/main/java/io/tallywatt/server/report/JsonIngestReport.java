package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.IngestShape;
import io.tallywatt.api.wire.Sum;
import java.io.IOException;

/** The report for programs. */
public final class JsonIngestReport implements IngestReport {
    private final JsonGenerator json;

    public JsonIngestReport(Output out) throws IOException {
        this.json = out.json();
        IngestShape.begin(json);
    }

    @Override
    public void dealt(Dealt dealt) throws IOException {
        IngestShape.write(json, dealt);
    }

    @Override
    public void end(Sum sum) throws IOException {
        IngestShape.end(json, sum);
        json.close();
    }
}
