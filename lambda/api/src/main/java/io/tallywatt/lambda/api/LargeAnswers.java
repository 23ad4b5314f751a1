package io.tallywatt.lambda.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Works answers out whole before they are handed on, and puts those that are larger than Lambda hands on into the bucket: the caller is
 * sent there (303). An answer that goes wrong half-way is so told by its status, too.
 */
@Singleton
class LargeAnswers {
    private final Place place;

    @Inject
    LargeAnswers(Place place) {
        this.place = place;
    }

    /** Where large answers are left to be fetched. */
    interface Place {
        /**
         * Keeps an answer for a while.
         *
         * @return where it is read by GET
         */
        URI keep(Buffered answer, MediaType type);
    }

    @ServerResponseFilter
    void whole(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (!response.hasEntity() || request.getMethod().equals("HEAD")) {
            return;
        }
        MediaType type = response.getMediaType();
        try (Buffered answer = new Buffered()) {
            switch (response.getEntity()) {
                case StreamingOutput output -> output.write(answer);
                case byte[] bytes -> answer.write(bytes);
                default -> {
                    return;
                }
            }
            byte @Nullable [] small = answer.handedOn();
            if (small != null) {
                response.setEntity(small, null, type);
                return;
            }
            URI address = place.keep(answer, type);
            response.setStatusInfo(Response.Status.SEE_OTHER);
            response.getHeaders().putSingle(HttpHeaders.LOCATION, address.toString());
            response.getHeaders().remove(HttpHeaders.ETAG);
            // The address ends before long; whoever asks again gets another.
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setEntity(null);
        }
    }
}
