package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.CsvStyle;
import io.tallywatt.api.wire.ReadingShape;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.store.StoredSeries;
import java.io.IOException;
import java.util.Iterator;

/** Readings as they stream by. */
public final class ReadingExport {
    private final Output out;
    private final CsvStyle style;
    private final ReadingShape shape;

    /** @param style of CSV */
    public ReadingExport(Output out, StoredSeries series, CsvStyle style) {
        this.out = out;
        this.style = style;
        this.shape = new ReadingShape(series, style);
    }

    public void csv(Iterator<Reading> readings) throws IOException {
        try (CsvWriter csv = style.writer(out)) {
            csv.writeRecord(shape.header(false));
            while (readings.hasNext()) {
                csv.writeRecord(shape.cells(readings.next()));
            }
        }
    }

    public void csvSteps(Iterator<Bucket> steps) throws IOException {
        try (CsvWriter csv = style.writer(out)) {
            csv.writeRecord(shape.header(true));
            while (steps.hasNext()) {
                csv.writeRecord(shape.cells(steps.next()));
            }
        }
    }

    public void json(Iterator<Reading> readings) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (readings.hasNext()) {
                shape.write(json, readings.next());
            }
            json.writeEndArray();
        }
    }

    public void jsonSteps(Iterator<Bucket> steps) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            while (steps.hasNext()) {
                shape.write(json, steps.next());
            }
            json.writeEndArray();
        }
    }
}
