package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.Json;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/** The way in for large files where a request cannot carry them: an address to send them to. */
@Path("/api/v1/uploads")
@RunOnVirtualThread
public class UploadsResource {
    private final Backend backend;

    @Inject
    UploadsResource(Backend backend) {
        this.backend = backend;
    }

    @POST
    public Response begin(@Context UriInfo uri) throws IOException {
        Asked asked = Asked.of(uri, Set.of("name"));
        String name = IngestQuery.label("name", asked.text("name"), "what the file is called");
        Reception.Uploads uploads = backend.reception()
                .uploads()
                .orElseThrow(
                        () -> Problem.notFound(
                                "Files of any size are sent here directly: POST /api/v1/files?name=NAME with the file as the body"));
        Reception.Upload upload = backend.ask(() -> uploads.begin(name));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringField("id", upload.id());
            json.writeStringField("url", upload.url().toString());
            json.writeStringField("name", upload.name());
            Json.instant(json, "expiresAt", upload.expiresAt());
            json.writeEndObject();
        }
        return Response.status(Response.Status.CREATED)
                .entity(out.toByteArray())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }
}
