package io.tallywatt.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.core.format.ReadingOptions;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way in for programs that send readings themselves. */
@Path("/api/v1/readings")
@RunOnVirtualThread
public class ReadingsResource {
    private static final String KEY = "Idempotency-Key";
    private static final int LONGEST_KEY = 200;

    /** What readings are sent as; anything else is refused rather than guessed at. */
    private static final Set<String> TYPES =
            Set.of("application/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "text/csv");

    private final Backend backend;

    @Inject
    ReadingsResource(Backend backend) {
        this.backend = backend;
    }

    @POST
    public Response readings(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) throws IOException {
        Asked asked = Asked.of(uri, IngestQuery.with("source"));
        String source = IngestQuery.label("source", asked.text("source"), "who sends the readings");
        @Nullable String key = key(headers);
        @Nullable MediaType type = IngestQuery.type(headers);
        if (type == null || !TYPES.contains(type.getType() + "/" + type.getSubtype())) {
            throw Problem.of(
                    415,
                    "Unsupported media type",
                    "Expected the header Content-Type to be application/json, application/x-ndjson or text/csv, but got "
                            + (type == null ? "none" : Problem.shortened(type.toString())));
        }
        ReadingOptions options = IngestQuery.options(asked, backend.reception().defaults());
        return switch (backend.reception().readings(source, key, body, IngestQuery.announced(headers), options)) {
            case Reception.Pushed.Received received -> IngestAnswer.of(List.of(received.dealt()));
            case Reception.Pushed.OtherContent other ->
                throw Problem.of(
                                422,
                                "Key used before",
                                "The Idempotency-Key '" + key + "' of source '" + Problem.shortened(source)
                                        + "' came before with other readings (delivery "
                                        + other.delivery().id() + "); use a new key for new readings")
                        .about(other.delivery().id());
        };
    }

    private static @Nullable String key(HttpHeaders headers) {
        List<String> keys = Objects.requireNonNullElse(headers.getRequestHeader(KEY), List.of());
        if (keys.isEmpty()) {
            return null;
        }
        if (keys.size() > 1 || !keys.getFirst().matches("[\\x21-\\x7e]{1," + LONGEST_KEY + "}")) {
            throw Problem.parameter(
                    KEY,
                    String.join("', '", keys),
                    "one, of 1 to " + LONGEST_KEY + " printable ASCII characters without blanks");
        }
        return keys.getFirst();
    }
}
