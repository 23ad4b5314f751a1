package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.Json;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a page has to know before it asks for anything: the server's time, its zone, and of which kind of series the data is not measured now. */
@Path("/api/v1/status")
@RunOnVirtualThread
public class StatusResource {
    private static final List<String> KINDS = List.of("meter", "site", "home", "border", "zone");

    private final Backend backend;
    private final Answering answering;

    @Inject
    StatusResource(Backend backend, Answering answering) {
        this.backend = backend;
        this.answering = answering;
    }

    @GET
    public Response status(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.momentary(form, out -> {
            try (JsonGenerator json = Json.generator(out)) {
                json.writeStartObject();
                Json.instant(json, "now", backend.clock().instant());
                json.writeStringField(
                        "zone", backend.reception().defaults().zone().getId());
                json.writeBooleanField("live", backend.holdsOpen());
                json.writeObjectFieldStart("origins");
                for (String kind : KINDS) {
                    @Nullable String origin = backend.origin(kind);
                    json.writeStringField(kind, origin);
                }
                json.writeEndObject();
                json.writeEndObject();
            }
        });
    }
}
