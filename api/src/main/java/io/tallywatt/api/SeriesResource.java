package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.ExplanationShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.SeriesShape;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Explanation;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The series that are stored, their readings, and why a day of theirs is what it is. */
@Path("/api/v1/series")
@RunOnVirtualThread
public class SeriesResource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final String LIST = "series";

    /** A series' name keeps its slashes: three parts, or four with a channel, which is never one of these two words. */
    private static final String NAME = "[^/]+/[^/]+/[^/]+(?:/(?!readings$|explain/)[^/]+)?";

    private static final Pattern READINGS = Pattern.compile("(" + NAME + ")/readings");
    private static final Pattern EXPLAIN = Pattern.compile("(" + NAME + ")/explain/([^/]*)");

    private final Backend backend;
    private final Answering answering;
    private final KnownSeries known;
    private final ReadingsAnswer readings;

    @Inject
    SeriesResource(Backend backend, Answering answering, KnownSeries known, ReadingsAnswer readings) {
        this.backend = backend;
        this.answering = answering;
        this.known = known;
        this.readings = readings;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("kind", "search", "cursor", "limit", "format"));
        @Nullable String kind = asked.value("kind", SeriesResource::kind);
        @Nullable String search = asked.text("search");
        @Nullable String after = asked.value("cursor", cursor -> Cursor.read(LIST, cursor));
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        SeriesSearch wanted = new SeriesSearch(
                kind == null ? "" : kind + "/",
                Objects.requireNonNullElse(search, ""),
                Objects.requireNonNullElse(after, ""),
                limit + 1L);
        return answering.page(uri, request, form, out -> {
            List<StoredSeries> found;
            try (Stream<StoredSeries> all = backend.blocks().series(wanted)) {
                found = all.toList();
            }
            List<StoredSeries> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable
            String next = found.size() > limit
                    ? Cursor.of(LIST, page.getLast().series().toString())
                    : null;
            write(out, form, page, next);
            return next;
        });
    }

    private static String kind(String text) {
        if (text.matches("[a-z][a-z0-9-]*")) {
            return text;
        }
        throw new Values.Unexpected("a kind such as meter, home or site", text);
    }

    private static void write(OutputStream out, Form form, List<StoredSeries> page, @Nullable String next)
            throws IOException {
        if (form == Form.CSV) {
            try (CsvWriter csv = Csv.writer(out)) {
                csv.writeRecord(SeriesShape.HEADER);
                for (StoredSeries series : page) {
                    csv.writeRecord(SeriesShape.cells(series));
                }
            }
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (StoredSeries series : page) {
                SeriesShape.write(json, series);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        }
    }

    /** {@code series/{id}}, {@code series/{id}/readings} and {@code series/{id}/explain/{date}}: the id has slashes. */
    @GET
    @Path("{path: .+}")
    public Response one(@PathParam("path") String path, @Context UriInfo uri, @Context Request request) {
        Matcher asksReadings = READINGS.matcher(path);
        if (asksReadings.matches()) {
            return readings.answer(asksReadings.group(1), uri, request);
        }
        Matcher asksWhy = EXPLAIN.matcher(path);
        if (asksWhy.matches()) {
            return explain(asksWhy.group(1), asksWhy.group(2), uri, request);
        }
        Asked asked = Asked.of(uri, Set.of("format"));
        KnownSeries.checkInPath(path);
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.small(uri, request, form, null, out -> {
            StoredSeries series = known.find("series", path);
            try (JsonGenerator json = Json.generator(out)) {
                SeriesShape.write(json, series);
            }
        });
    }

    private Response explain(String name, String day, UriInfo uri, Request request) {
        Asked asked = Asked.of(uri, Set.of("asOf", "format"));
        KnownSeries.checkInPath(name);
        LocalDate date = Asked.read("date", day, Values::date);
        @Nullable Instant asOf = asked.asOf();
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.small(uri, request, form, asOf, out -> {
            Series series = known.find("series", name).series();
            Explanation explanation = new Answers(backend.blocks()).explain(date, series, asOf);
            try (Stream<StoredBlock> blocks = explanation.blocks();
                    JsonGenerator json = Json.generator(out)) {
                ExplanationShape.write(json, new Explanation(explanation.total(), blocks));
            }
        });
    }
}
