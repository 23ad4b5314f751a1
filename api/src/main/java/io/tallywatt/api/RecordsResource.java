package io.tallywatt.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** What all sites made and used, interval by interval. */
@Path("/api/v1/records")
@RunOnVirtualThread
public class RecordsResource {
    private final RecordsAnswer records;

    @Inject
    RecordsResource(RecordsAnswer records) {
        this.records = records;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "site", "cursor", "limit", "format"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        return records.page(asked.text("site"), asked, form, uri, request);
    }

    /** What they come to over a range: all sites, each, and step by step. */
    @GET
    @Path("sums")
    public Response sums(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "every", "format"));
        return records.sums(asked, Form.chosen(asked, request, Form.JSON), uri, request);
    }
}
