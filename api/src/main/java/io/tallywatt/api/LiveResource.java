package io.tallywatt.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.live.Live;
import io.tallywatt.api.live.LiveFilter;
import io.tallywatt.api.live.LiveListener;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as they arrive, as server-sent events. */
@Path("/api/v1/live")
@RunOnVirtualThread
public class LiveResource {
    private final Live live;
    private final Backend backend;

    @Inject
    LiveResource(Live live, Backend backend) {
        this.live = live;
        this.backend = backend;
    }

    @GET
    public Response listen(
            @Context UriInfo uri,
            @Context Request request,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        Asked asked = Asked.of(uri, Set.of("series"));
        Form form = Form.chosen(asked, request, Form.EVENTS);
        LiveFilter filter = Objects.requireNonNullElse(asked.value("series", LiveFilter::parse), LiveFilter.USUAL);
        Response.ResponseBuilder response = Response.ok()
                .type(form.type())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // For proxies that would wait for more before they pass it on.
                .header("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            return response.build();
        }
        @Nullable String last = headers.getHeaderString("Last-Event-ID");
        @Nullable String known = last == null || last.isBlank() ? null : last.strip();
        if (!backend.holdsOpen()) {
            return response.entity(live.sinceThen(filter, known)).build();
        }
        LiveListener listener =
                live.listen(filter, known, () -> context.request().connection().close());
        // However it ends, and also if it never begins: a place that nobody sits on is free.
        context.addEndHandler(done -> listener.abandon());
        return response.entity((StreamingOutput) listener::writeTo).build();
    }
}
