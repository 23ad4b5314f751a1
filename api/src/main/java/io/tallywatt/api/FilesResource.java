package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.DeliveryShape;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.RejectShape;
import io.tallywatt.api.wire.Values;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.DeliveryState;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came in, what of it could not be taken; the way in for more, and out again. */
@Path("/api/v1/files")
@RunOnVirtualThread
public class FilesResource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final String LIST = "files";

    static final Map<String, DeliveryState> STATES = Map.of(
            "taken", DeliveryState.TAKEN,
            "withdrawn", DeliveryState.WITHDRAWN,
            "quarantined", DeliveryState.QUARANTINED);

    private final Backend backend;
    private final Answering answering;

    @Inject
    FilesResource(Backend backend, Answering answering) {
        this.backend = backend;
        this.answering = answering;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("state", "name", "cursor", "limit", "format"));
        @Nullable DeliveryState state = asked.choice("state", STATES);
        @Nullable String name = asked.text("name");
        @Nullable Instant before = asked.value("cursor", FilesResource::known);
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        return answering.page(uri, request, form, out -> {
            List<Delivery> found = backend.ledger().deliveries(new DeliverySearch(state, name, before, limit + 1L));
            List<Delivery> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable
            String next = found.size() > limit
                    ? Cursor.of(LIST, page.getLast().knownAt().toString())
                    : null;
            write(out, form, page, next);
            return next;
        });
    }

    private static void write(OutputStream out, Form form, List<Delivery> page, @Nullable String next)
            throws IOException {
        if (form == Form.CSV) {
            try (CsvWriter csv = Csv.writer(out)) {
                csv.writeRecord(DeliveryShape.HEADER);
                for (Delivery delivery : page) {
                    csv.writeRecord(DeliveryShape.cells(delivery));
                }
            }
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Delivery delivery : page) {
                DeliveryShape.write(json, delivery);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        }
    }

    @GET
    @Path("{id}")
    public Response one(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        long number = id(id);
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.small(uri, request, form, null, out -> {
            Delivery delivery = delivery(number);
            try (JsonGenerator json = Json.generator(out)) {
                DeliveryShape.write(json, delivery);
            }
        });
    }

    @GET
    @Path("{id}/rejects")
    public Response rejects(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("cursor", "limit", "format"));
        long number = id(id);
        String list = "rejects of " + number;
        @Nullable Long skipped = asked.value("cursor", cursor -> skipped(list, cursor));
        long skip = skipped == null ? 0 : skipped;
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        return answering.page(uri, request, form, out -> {
            List<Reject> found;
            try (Stream<Reject> all = backend.ledger().rejects(delivery(number).id())) {
                found = all.skip(skip).limit(limit + 1L).toList();
            }
            List<Reject> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable String next = found.size() > limit ? Cursor.of(list, Long.toString(skip + limit)) : null;
            rejects(out, form, page, next);
            return next;
        });
    }

    private static Long skipped(String list, String cursor) {
        String position = Cursor.read(list, cursor);
        if (position.matches("[1-9][0-9]{0,17}")) {
            return Long.valueOf(position);
        }
        throw new Values.Unexpected(Cursor.EXPECTED, cursor);
    }

    private static Instant known(String cursor) {
        try {
            return Values.instant(Cursor.read(LIST, cursor));
        } catch (Values.Unexpected e) {
            throw new Values.Unexpected(Cursor.EXPECTED, cursor);
        }
    }

    private static void rejects(OutputStream out, Form form, List<Reject> page, @Nullable String next)
            throws IOException {
        if (form == Form.CSV) {
            try (CsvWriter csv = Csv.writer(out)) {
                csv.writeRecord(RejectShape.HEADER);
                for (Reject reject : page) {
                    csv.writeRecord(RejectShape.cells(reject));
                }
            }
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (Reject reject : page) {
                RejectShape.write(json, reject);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        }
    }

    /** The body is the file, whatever its type. */
    @POST
    public Response file(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) throws IOException {
        Asked asked = Asked.of(uri, IngestQuery.with("name"));
        String name = IngestQuery.label("name", asked.text("name"), "what the file is called");
        @Nullable MediaType type = IngestQuery.type(headers);
        if (type != null && type.getType().equals("multipart")) {
            throw Problem.of(
                    415,
                    "Unsupported media type",
                    "Send the file itself as the body, not a form: curl --data-binary @FILE '.../api/v1/files?name=FILE'");
        }
        ReadingOptions options = IngestQuery.options(asked, backend.reception().defaults());
        return IngestAnswer.of(backend.reception().file(name, body, IngestQuery.announced(headers), options));
    }

    @POST
    @Path("{id}/retry")
    public Response retry(@PathParam("id") String id, @Context UriInfo uri) throws IOException {
        Asked asked = Asked.of(uri, IngestQuery.with());
        long number = id(id);
        Delivery delivery = backend.ask(() -> delivery(number));
        ReadingOptions options = IngestQuery.options(asked, backend.reception().defaults());
        if (delivery.state() == DeliveryState.WITHDRAWN) {
            throw Problem.of(
                            409,
                            "Withdrawn",
                            "Delivery " + delivery.id() + " was withdrawn; to take it again, send the file again")
                    .about(delivery.id());
        }
        Dealt dealt = backend.reception()
                .retry(delivery, options)
                .orElseThrow(() -> Problem.of(
                                409,
                                "No longer there",
                                "The bytes of delivery " + delivery.id()
                                        + " are no longer kept: only those of files in quarantine are; send the file again")
                        .about(delivery.id()));
        return IngestAnswer.of(List.of(dealt));
    }

    @POST
    @Path("{id}/withdraw")
    public Response withdraw(@PathParam("id") String id, @Context UriInfo uri) throws IOException {
        Asked.of(uri, Set.of());
        long number = id(id);
        Delivery before = backend.ask(() -> delivery(number));
        Delivery after =
                before.state() == DeliveryState.TAKEN ? backend.reception().withdraw(before) : before;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            DeliveryShape.write(json, after);
        }
        return Response.ok(out.toByteArray(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    static long id(String text) {
        return Asked.read("id", text, t -> {
            if (t.matches("[1-9][0-9]{0,17}")) {
                return Long.valueOf(t);
            }
            throw new Values.Unexpected("a delivery's id, a whole number", t);
        });
    }

    private Delivery delivery(long id) {
        return backend.ledger()
                .delivery(id)
                .orElseThrow(
                        () -> Problem.notFound("There is no delivery " + id + "; /api/v1/files lists those there are"));
    }
}
