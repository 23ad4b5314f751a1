package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.chart.Chart;
import io.tallywatt.api.chart.SeriesChart;
import io.tallywatt.api.page.ChartPage;
import io.tallywatt.api.wire.CsvStyle;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.ParquetExport;
import io.tallywatt.api.wire.ReadingShape;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Envelope;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.register.Registers;
import io.tallywatt.core.store.ParquetWriter;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.time.Moment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers with the readings of a series, as stored or summed into steps, however many they are. */
@Singleton
class ReadingsAnswer {
    private static final int MOST_POINTS = 4_000;

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
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Every every,
            @Nullable Instant asOf) {}

    Response answer(String name, UriInfo uri, Request request) {
        Asked asked = Asked.of(
                uri, Set.of("from", "to", "every", "asOf", "format", "chart", "width", "height", "locale", "points"));
        KnownSeries.checkInPath(name);
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        @Nullable Every every = asked.every();
        @Nullable Instant asOf = asked.asOf();
        if (asked.text("points") != null) {
            return bands(name, asked, from, to, asOf, uri, request);
        }
        Form form = Form.chosen(asked, request, forms());
        Size size = Size.of(asked, form);
        CsvStyle style = style(asked, form);
        if (Pictures.wanted(form) || form == Form.HTML) {
            Response drawn = answering.small(
                    uri, request, form, asOf, out -> draw(out, form, size, wanted(name, asked, from, to, every, asOf)));
            return form == Form.HTML && drawn.getStatus() == 200 ? named(drawn, form, name) : drawn;
        }
        if (form == Form.PARQUET) {
            boolean bare = request.getMethod().equals(HttpMethod.HEAD);
            Response file = answering.large(
                    uri, request, form, asOf, () -> parquet(() -> wanted(name, asked, from, to, every, asOf), bare));
            return file.getStatus() == 200 ? named(file, form, name) : file;
        }
        Response table = answering.large(
                uri,
                request,
                form,
                asOf,
                () -> backend.ask(() -> {
                    Wanted wanted = wanted(name, asked, from, to, every, asOf);
                    // Every part is as of the same instant, whatever comes in while they are sent.
                    Instant known = asOf == null ? backend.ledger().changedAt() : asOf;
                    Months months = new Months(wanted.series(), wanted.from(), wanted.to());
                    Answers answers = new Answers(backend.blocks());
                    if (every == null) {
                        Parts<Reading> parts = new Parts<Reading>(
                                        backend, months, (a, b) -> answers.readings(wanted.series(), a, b, known))
                                .begun();
                        return out -> stored(out, form, style, wanted, parts);
                    }
                    Parts<Bucket> parts = new Parts<Bucket>(
                                    backend, months, (a, b) -> answers.readings(wanted.series(), a, b, every, known))
                            .begun();
                    return out -> steps(out, form, style, wanted, parts);
                }));
        return form == Form.CSV && table.getStatus() == 200 ? named(table, form, name) : table;
    }

    /** So few of them as a picture has room for: of each step the smallest and the greatest. */
    private Response bands(
            String name,
            Asked asked,
            @Nullable Moment from,
            @Nullable Moment to,
            @Nullable Instant asOf,
            UriInfo uri,
            Request request) {
        for (String other : List.of("every", "chart", "width", "height", "locale")) {
            @Nullable String value = asked.text(other);
            if (value != null) {
                throw Problem.parameter(other, value, "it to be left out where 'points' is given");
            }
        }
        int points = asked.number("points", MOST_POINTS, 2, MOST_POINTS);
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.small(uri, request, form, asOf, out -> {
            Wanted wanted = wanted(name, asked, from, to, null, asOf);
            StoredSeries series = wanted.series();
            ZoneId zone = series.zone();
            Instant first =
                    wanted.from() == null ? series.first().atStartOfDay(zone).toInstant() : wanted.from();
            Instant after = wanted.to() == null
                    ? series.last().plusDays(1).atStartOfDay(zone).toInstant()
                    : wanted.to();
            // Each step is two points: its smallest and its greatest.
            Every every = Envelope.step(
                    first.isBefore(after) ? Duration.between(first, after) : Duration.ofDays(1), points / 2);
            ReadingShape shape = new ReadingShape(series);
            try (Stream<Reading> readings = new Answers(backend.blocks()).readings(series, first, after, asOf);
                    JsonGenerator json = Json.generator(out)) {
                begin(json, wanted);
                Envelope bands = new Envelope(readings.iterator(), every, zone);
                while (bands.hasNext()) {
                    shape.write(json, bands.next());
                }
                json.writeEndArray();
                json.writeStringField(
                        "every",
                        every instanceof Every.Step step ? step.resolution().toString() : "P1D");
                json.writeNullField("next");
                json.writeEndObject();
            }
        });
    }

    private Form[] forms() {
        List<Form> forms = new ArrayList<>(List.of(Form.JSON, Form.CSV, Form.PNG, Form.SVG, Form.HTML));
        if (backend.parquet().isPresent()) {
            forms.add(Form.PARQUET);
        }
        return forms.toArray(Form[]::new);
    }

    private static CsvStyle style(Asked asked, Form form) {
        @Nullable CsvStyle style = asked.value("locale", CsvStyle::of);
        if (style != null && form != Form.CSV) {
            throw Problem.parameter(
                    "locale", String.valueOf(asked.text("locale")), "it to be left out: only format=csv has it");
        }
        return style == null ? CsvStyle.PLAIN : style;
    }

    /**
     * The file is there before its first byte is sent: what goes wrong is a problem, and not half a file.
     *
     * @param bare whether only the headers are wanted
     */
    private Answering.Writing parquet(Supplier<Wanted> asked, boolean bare) {
        ParquetWriter writer = backend.parquet().orElseThrow();
        return backend.ask(() -> {
            Wanted wanted = asked.get();
            if (bare) {
                return out -> {};
            }
            InputStream file = ParquetExport.write(
                    writer,
                    new Answers(backend.blocks()),
                    wanted.series(),
                    wanted.from(),
                    wanted.to(),
                    wanted.every(),
                    wanted.asOf());
            return out -> {
                try (file) {
                    file.transferTo(out);
                }
            };
        });
    }

    /** With the name under which it is kept. What a browser can show, it shows. */
    private static Response named(Response file, Form form, String series) {
        return Response.fromResponse(file)
                .header(
                        "Content-Disposition",
                        (form == Form.PARQUET ? "attachment" : "inline") + "; filename=\""
                                + series.replaceAll("[^A-Za-z0-9._-]", "-") + "." + form.word() + "\"")
                .build();
    }

    /** To be called inside {@link Backend#ask}. */
    private Wanted wanted(
            String name,
            Asked asked,
            @Nullable Moment from,
            @Nullable Moment to,
            @Nullable Every every,
            @Nullable Instant asOf) {
        StoredSeries series = known.find("series", name);
        if (every != null && series.unit().equals(Registers.UNIT)) {
            throw Problem.parameter("every", String.valueOf(asked.text("every")), noSteps(series));
        }
        @Nullable Instant first = from == null ? null : from.in(series.zone());
        @Nullable Instant after = to == null ? null : to.in(series.zone());
        if (first != null && after != null && !first.isBefore(after)) {
            throw Problem.parameter(
                    "to", String.valueOf(asked.text("to")), "a time after 'from'; it is where the range ends");
        }
        return new Wanted(series, first, after, every, asOf);
    }

    private static String noSteps(StoredSeries series) {
        return "it to be left out: reads of a register neither add up nor have a mean; the energy that it counts is "
                + Registers.counted(series.series());
    }

    /** How large a picture is, and how it shows the values. */
    private record Size(Chart.@Nullable Kind kind, int width, int height) {
        static Size of(Asked asked, Form form) {
            Pictures.only(asked, form, "width", "height");
            if (form != Form.HTML) {
                Pictures.only(asked, form, "chart");
            }
            return new Size(
                    asked.value("chart", Values::chart),
                    Pictures.width(asked),
                    Pictures.height(asked, Pictures.USUAL_HEIGHT));
        }
    }

    private void draw(OutputStream out, Form form, Size size, Wanted wanted) throws IOException {
        SeriesChart chart = new SeriesChart(
                wanted.series(),
                wanted.from(),
                wanted.to(),
                wanted.every(),
                wanted.asOf(),
                backend.origin(wanted.series().series().kind()));
        Answers answers = new Answers(backend.blocks());
        Chart drawn;
        try {
            if (form == Form.HTML) {
                new ChartPage(chart.tabled(answers, size.kind(), new ReadingShape(wanted.series()))).write(out);
                return;
            }
            drawn = chart.draw(answers, size.kind());
        } catch (SeriesChart.TooMany e) {
            throw Problem.of(
                    400,
                    form == Form.HTML ? "Too much for a page" : "Too much for a picture",
                    "There are " + e.getMessage() + " by 'every'");
        } catch (SeriesChart.NoBars e) {
            throw Problem.parameter("chart", "bar", e.getMessage());
        }
        Pictures.write(out, form, drawn, size.width(), size.height());
    }

    private static void stored(OutputStream out, Form form, CsvStyle style, Wanted wanted, Iterator<Reading> readings)
            throws IOException {
        ReadingShape shape = new ReadingShape(wanted.series(), style);
        if (form == Form.CSV) {
            try (CsvWriter csv = style.writer(out)) {
                csv.writeRecord(shape.header(false));
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

    private static void steps(OutputStream out, Form form, CsvStyle style, Wanted wanted, Iterator<Bucket> steps)
            throws IOException {
        ReadingShape shape = new ReadingShape(wanted.series(), style);
        if (form == Form.CSV) {
            try (CsvWriter csv = style.writer(out)) {
                csv.writeRecord(shape.header(true));
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
