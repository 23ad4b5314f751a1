package io.tallywatt.lambda.api;

import io.tallywatt.api.WithoutKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The API's own description. */
@Path("/openapi")
@WithoutKey
public class DocumentResource {
    private static final String DOCUMENT = "META-INF/openapi.yaml";

    @GET
    public Response document() throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(DOCUMENT), DOCUMENT)) {
            return Response.ok(in.readAllBytes(), "application/yaml")
                    .header("Cache-Control", "no-cache")
                    .build();
        }
    }
}
