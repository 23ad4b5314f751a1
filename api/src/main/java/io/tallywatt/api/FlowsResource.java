package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.chart.FlowChart;
import io.tallywatt.api.chart.SeriesChart;
import io.tallywatt.api.wire.BorderShape;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.FlowShape;
import io.tallywatt.api.wire.FlowStepsShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.access.PublicRead.Area;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.query.BorderFlow;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.query.FlowLines;
import io.tallywatt.core.query.Flows;
import io.tallywatt.core.query.ReadingSearch;
import io.tallywatt.core.query.SeriesReading;
import io.tallywatt.core.time.Resolution;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What flows between the zones, now and over time. */
@Path("/api/v1/flows")
@RunOnVirtualThread
@Published(Area.FLOWS)
public class FlowsResource {
    /** A day of all borders and cables in one page. */
    static final int PAGE = 5_000;

    static final int LONGEST_PAGE = 20_000;

    private final Backend backend;
    private final Answering answering;

    @Inject
    FlowsResource(Backend backend, Answering answering) {
        this.backend = backend;
        this.answering = answering;
    }

    private Flows flows() {
        return new Flows(backend.blocks(), backend.following(), backend.grid());
    }

    @GET
    @Path("latest")
    public Response latest(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        return answering.momentary(form, out -> {
            Instant now = backend.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            List<BorderFlow> borders = flows().latest(now);
            if (form == Form.CSV) {
                try (CsvWriter csv = Csv.writer(out)) {
                    csv.writeRecord(BorderShape.HEADER);
                    for (BorderFlow border : borders) {
                        BorderShape.rows(border).forEach(csv::writeRecord);
                    }
                }
                return;
            }
            try (JsonGenerator json = Json.generator(out)) {
                BorderShape.write(json, now, borders);
            }
        });
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "border", "cursor", "limit", "format", "width", "height"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV, Form.PNG, Form.SVG);
        Pictures.only(asked, form, "width", "height");
        Pictures.never(asked, form, "cursor", "limit");
        Lately range = Lately.of(asked, backend.clock().instant());
        Map<String, Border> borders =
                backend.grid().borders().stream().collect(Collectors.toMap(Border::toString, Function.identity()));
        @Nullable Border border = asked.choice("border", borders);
        if (Pictures.wanted(form)) {
            return picture(border, range, asked, form, uri, request);
        }
        String list = border == null ? "flows" : "flows of " + border;
        SeriesReading.@Nullable Position after = asked.value("cursor", cursor -> Lately.position(list, cursor));
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        return answering.page(uri, request, form, range.moving(), out -> {
            List<SeriesReading> found =
                    flows().page(border, new ReadingSearch(range.from(), range.to(), after), limit + 1);
            List<SeriesReading> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable String next = found.size() > limit ? Lately.cursor(list, page.getLast()) : null;
            FlowShape shape = new FlowShape();
            new Listed<SeriesReading>(FlowShape.HEADER, shape::cells, shape::write).write(out, form, page, next);
            return next;
        });
    }

    /** Means over steps, a line for each border, or for each cable of one. */
    @GET
    @Path("steps")
    public Response steps(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "border", "every", "format"));
        Lately range = Lately.of(asked, backend.clock().instant());
        Map<String, Border> borders =
                backend.grid().borders().stream().collect(Collectors.toMap(Border::toString, Function.identity()));
        @Nullable Border border = asked.choice("border", borders);
        Every every = Objects.requireNonNullElse(asked.every(), new Every.Step(Resolution.HALF_HOUR));
        Form form = Form.chosen(asked, request, Form.JSON);
        ZoneId zone = zone(border);
        Instant from = range.from().in(zone);
        Instant to = end(asked, range, zone);
        String moving = asked.text("to") == null ? to.toString() : "";
        return answering.small(uri, request, form, null, moving, out -> {
            try {
                FlowLines lines = FlowLines.read(flows(), backend.grid(), border, from, to, SeriesChart.MOST_POINTS);
                FlowLines.Steps steps = lines.steps(every, zone);
                try (JsonGenerator json = Json.generator(out)) {
                    FlowStepsShape.write(json, lines, steps, zone);
                }
            } catch (FlowLines.TooMany e) {
                throw Problem.of(
                        400, "Too much for one answer", "There are " + e.getMessage() + "; ask for a shorter range");
            }
        });
    }

    private ZoneId zone(@Nullable Border border) {
        Grid grid = backend.grid();
        return border != null
                ? grid.zoneOf(border)
                : grid.borders().stream().findFirst().map(grid::zoneOf).orElse(Values.UTC);
    }

    /** Flows are of the past: a range without an end goes up to now. */
    private Instant end(Asked asked, Lately range, ZoneId zone) {
        Instant to = asked.text("to") == null
                ? Lately.until(backend.clock().instant())
                : range.to().in(zone);
        if (!range.from().in(zone).isBefore(to)) {
            throw Problem.parameter(
                    "from", String.valueOf(asked.text("from")), "a time before now, as flows are of the past");
        }
        return to;
    }

    private Response picture(
            @Nullable Border border, Lately range, Asked asked, Form form, UriInfo uri, Request request) {
        int width = Pictures.width(asked);
        int height = Pictures.height(asked, Pictures.USUAL_HEIGHT);
        Grid grid = backend.grid();
        ZoneId zone = zone(border);
        Instant from = range.from().in(zone);
        Instant to = end(asked, range, zone);
        String moving = asked.text("to") == null ? to.toString() : "";
        return answering.small(uri, request, form, null, moving, out -> {
            try {
                Pictures.write(
                        out,
                        form,
                        new FlowChart(grid, border, from, to, backend.origin(Border.KIND)).draw(flows()),
                        width,
                        height);
            } catch (SeriesChart.TooMany e) {
                throw Problem.of(400, "Too much for a picture", "There are " + e.getMessage());
            }
        });
    }
}
