package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.ReadingShape;
import io.tallywatt.api.wire.Values.Moment;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.store.StoredSeries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers with the readings of a series, as stored or summed into steps, however many they are. */
@Singleton
class ReadingsAnswer {
    private final Backend backend;
    private final Answering answering;
    private final KnownSeries known;

    @Inject
    ReadingsAnswer(Backend backend, Answering answering, KnownSeries known) {
        this.backend = backend;
        this.answering = answering;
        this.known = known;
    }

    /** What is asked, with everything that the store knows of the series. */
    private record Wanted(
            StoredSeries series,
            @Nullable Moment from,
            @Nullable Moment to,
            @Nullable Every every,
            @Nullable Instant asOf) {}

    Response answer(String name, UriInfo uri, Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "every", "asOf", "format"));
        KnownSeries.checkInPath(name);
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        @Nullable Every every = asked.every();
        @Nullable Instant asOf = asked.asOf();
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        return answering.large(uri, request, form, asOf, () -> {
            StoredSeries series = backend.ask(() -> known.find("series", name));
            @Nullable Instant first = from == null ? null : from.in(series.zone());
            @Nullable Instant after = to == null ? null : to.in(series.zone());
            if (first != null && after != null && !first.isBefore(after)) {
                throw Problem.parameter(
                        "to", String.valueOf(asked.text("to")), "a time after 'from'; it is where the range ends");
            }
            Wanted wanted = new Wanted(series, from, to, every, asOf);
            // Every part is as of the same instant, whatever comes in while they are sent.
            Instant known = asOf == null ? backend.ledger().changedAt() : asOf;
            Months months = new Months(series, first, after);
            Answers answers = new Answers(backend.blocks());
            if (every == null) {
                Parts<Reading> parts = new Parts<>(backend, months, (a, b) -> answers.readings(series, a, b, known));
                return out -> stored(out, form, wanted, parts);
            }
            Parts<Bucket> parts = new Parts<>(backend, months, (a, b) -> answers.readings(series, a, b, every, known));
            return out -> steps(out, form, wanted, parts);
        });
    }

    private static void stored(OutputStream out, Form form, Wanted wanted, Iterator<Reading> readings)
            throws IOException {
        ReadingShape shape = new ReadingShape(wanted.series().zone());
        if (form == Form.CSV) {
            try (CsvWriter csv = Csv.writer(out)) {
                csv.writeRecord(ReadingShape.HEADER);
                while (readings.hasNext()) {
                    csv.writeRecord(shape.cells(readings.next()));
                }
            }
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            begin(json, wanted);
            while (readings.hasNext()) {
                shape.write(json, readings.next());
            }
            end(json);
        }
    }

    private static void steps(OutputStream out, Form form, Wanted wanted, Iterator<Bucket> steps) throws IOException {
        ReadingShape shape = new ReadingShape(wanted.series().zone());
        if (form == Form.CSV) {
            try (CsvWriter csv = Csv.writer(out)) {
                csv.writeRecord(ReadingShape.STEP_HEADER);
                while (steps.hasNext()) {
                    csv.writeRecord(shape.cells(steps.next()));
                }
            }
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            begin(json, wanted);
            while (steps.hasNext()) {
                shape.write(json, steps.next());
            }
            end(json);
        }
    }

    private static void begin(JsonGenerator json, Wanted wanted) throws IOException {
        json.writeStartObject();
        json.writeStringField("series", wanted.series().series().toString());
        json.writeStringField("unit", wanted.series().unit());
        json.writeStringField("zone", wanted.series().zone().getId());
        Json.instant(json, "asOf", wanted.asOf());
        json.writeArrayFieldStart("items");
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeNullField("next");
        json.writeEndObject();
    }
}
