package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.live.LiveListener;
import io.tallywatt.api.live.LivePower;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.PowerShape;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The homes that are listened to, and what they draw now. Their history is that of their series. */
@Path("/api/v1/homes")
@RunOnVirtualThread
public class HomesResource {
    private final Backend backend;

    @Inject
    HomesResource(Backend backend) {
        this.backend = backend;
    }

    private static Response.ResponseBuilder fresh(Form form) {
        return Response.ok().type(form.type()).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        Form form = Form.chosen(asked, request, Form.JSON);
        return fresh(form)
                .entity((StreamingOutput) out -> {
                    try (JsonGenerator json = Json.generator(out)) {
                        PowerShape.write(json, backend.livePower().homes());
                    }
                })
                .build();
    }

    /** The last hour at full rate, or, as events, what comes from now on. */
    @GET
    @Path("{home}/power")
    public Response power(
            @PathParam("home") String home,
            @Context UriInfo uri,
            @Context Request request,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        Asked asked = Asked.of(uri, Set.of("format"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.EVENTS);
        LivePower power = backend.livePower();
        LivePower.Hour hour = power.hour(home)
                .orElseThrow(() -> Problem.of(
                        404,
                        "Not found",
                        "The home '" + Problem.shortened(home)
                                + "' is not listened to here; /api/v1/homes lists those that are"));
        if (form == Form.JSON) {
            return fresh(form)
                    .entity((StreamingOutput) out -> {
                        try (JsonGenerator json = Json.generator(out)) {
                            PowerShape.write(json, hour);
                        }
                    })
                    .build();
        }
        Response.ResponseBuilder response = fresh(form).header("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            return response.build();
        }
        @Nullable String last = headers.getHeaderString("Last-Event-ID");
        LiveListener listener = power.listen(
                home,
                last == null || last.isBlank() ? null : last.strip(),
                () -> context.request().connection().close());
        context.addEndHandler(done -> listener.abandon());
        return response.entity((StreamingOutput) listener::writeTo).build();
    }
}
