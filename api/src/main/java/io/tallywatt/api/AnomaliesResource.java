package io.tallywatt.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** What is not as it should be: one by one, counted, or as a picture. */
@Path("/api/v1/anomalies")
@RunOnVirtualThread
public class AnomaliesResource {
    private final AnomaliesAnswer anomalies;

    @Inject
    AnomaliesResource(AnomaliesAnswer anomalies) {
        this.anomalies = anomalies;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        return anomalies.ofAnySeries(uri, request);
    }

    @GET
    @Path("counts")
    public Response counts(@Context UriInfo uri, @Context Request request) {
        return anomalies.counts(uri, request);
    }
}
