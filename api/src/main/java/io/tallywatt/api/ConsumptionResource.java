package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.BreakdownShape;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.TotalShape;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Breakdown;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.MeterGroup;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all meters consumed, or those of a group, by date. */
@Path("/api/v1/consumption")
@RunOnVirtualThread
public class ConsumptionResource {
    private final Backend backend;
    private final Answering answering;
    private final KnownSeries known;
    private final KnownGroups groups;

    @Inject
    ConsumptionResource(Backend backend, Answering answering, KnownSeries known, KnownGroups groups) {
        this.backend = backend;
        this.answering = answering;
        this.known = known;
        this.groups = groups;
    }

    @GET
    @Path("total/{date}")
    public Response total(@PathParam("date") String date, @Context UriInfo uri, @Context Request request) {
        return one(TotalShape.TOTAL, date, uri, request);
    }

    @GET
    @Path("average/{date}")
    public Response average(@PathParam("date") String date, @Context UriInfo uri, @Context Request request) {
        return one(TotalShape.AVERAGE, date, uri, request);
    }

    private Response one(TotalShape shape, String text, UriInfo uri, Request request) {
        Asked asked = Asked.of(uri, Set.of("group", "asOf", "format"));
        LocalDate date = Asked.read("date", text, Values::date);
        @Nullable Instant asOf = asked.asOf();
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        @Nullable MeterGroup group = groups.asked(asked);
        return answering.small(uri, request, form, asOf, KnownGroups.digest(group), out -> {
            Answers answers = new Answers(backend.blocks());
            Total total = group == null ? answers.total(date, asOf) : answers.total(group, date, asOf);
            if (form == Form.CSV) {
                csv(out, shape, List.of(total));
            } else {
                try (JsonGenerator json = Json.generator(out)) {
                    shape.write(json, total);
                }
            }
        });
    }

    /** Why a date's total is what it is. */
    @GET
    @Path("explain/{date}")
    public Response explain(@PathParam("date") String text, @Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("group", "asOf", "format"));
        LocalDate date = Asked.read("date", text, Values::date);
        @Nullable Instant asOf = asked.asOf();
        Form form = Form.chosen(asked, request, Form.JSON);
        @Nullable MeterGroup group = groups.asked(asked);
        return answering.small(uri, request, form, asOf, KnownGroups.digest(group), out -> {
            Answers answers = new Answers(backend.blocks());
            Breakdown breakdown = group == null ? answers.breakdown(date, asOf) : answers.breakdown(group, date, asOf);
            try (JsonGenerator json = Json.generator(out)) {
                BreakdownShape.write(json, breakdown);
            }
        });
    }

    @GET
    @Path("daily")
    public Response daily(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "series", "group", "asOf", "format"));
        @Nullable LocalDate from = asked.date("from");
        @Nullable LocalDate to = asked.date("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw Problem.parameter(
                    "to", to.toString(), "a date after 'from' (" + from + "); it is where the range ends");
        }
        @Nullable String series = asked.text("series");
        @Nullable Instant asOf = asked.asOf();
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        @Nullable String both = series == null ? null : asked.text(KnownGroups.PARAMETER);
        if (both != null) {
            throw Problem.parameter(KnownGroups.PARAMETER, both, "either 'group' or 'series', not both");
        }
        @Nullable MeterGroup group = groups.asked(asked);
        return answering.small(uri, request, form, asOf, KnownGroups.digest(group), out -> {
            Answers answers = new Answers(backend.blocks());
            LocalDate first = from == null ? Answers.EARLIEST : from;
            LocalDate after = to == null ? Answers.LATEST : to;
            if (group != null) {
                write(out, form, "group", group.key(), answers.totals(group, first, after, asOf));
            } else if (series == null) {
                write(out, form, "", "", answers.totals(first, after, asOf));
            } else {
                StoredSeries stored = known.find("series", series);
                if (!Units.isEnergy(stored.unit())) {
                    throw Problem.parameter(
                            "series",
                            series,
                            "a series of energy: this one is in " + stored.unit()
                                    + ", which has means (readings?every=P1D) and no totals");
                }
                write(out, form, "series", stored.series().toString(), answers.daily(stored, first, after, asOf));
            }
        });
    }

    /** @param what the totals are of, and which: empty for all meters */
    private static void write(OutputStream out, Form form, String what, String which, List<Total> totals)
            throws IOException {
        if (form == Form.CSV) {
            csv(out, TotalShape.TOTAL, totals);
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            if (!what.isEmpty()) {
                json.writeStringField(what, which);
            }
            json.writeArrayFieldStart("items");
            for (Total total : totals) {
                TotalShape.TOTAL.write(json, total);
            }
            json.writeEndArray();
            json.writeNullField("next");
            json.writeEndObject();
        }
    }

    private static void csv(OutputStream out, TotalShape shape, List<Total> totals) throws IOException {
        try (CsvWriter csv = Csv.writer(out)) {
            csv.writeRecord(shape.header());
            for (Total total : totals) {
                csv.writeRecord(shape.cells(total));
            }
        }
    }
}
