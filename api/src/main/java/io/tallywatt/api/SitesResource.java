package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.SiteShape;
import io.tallywatt.core.query.AnomalySearch;
import io.tallywatt.core.query.Site;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sites, and what they made, used, and have wrong. A site is named by its id as it sends it, percent-encoded. */
@Path("/api/v1/sites")
@RunOnVirtualThread
public class SitesResource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final String LIST = "sites";
    private static final Listed<Site> SITES = new Listed<>(SiteShape.HEADER, SiteShape::cells, SiteShape::write);

    private final Answering answering;
    private final KnownSites known;
    private final RecordsAnswer records;
    private final AnomaliesAnswer anomalies;

    @Inject
    SitesResource(Answering answering, KnownSites known, RecordsAnswer records, AnomaliesAnswer anomalies) {
        this.answering = answering;
        this.known = known;
        this.records = records;
        this.anomalies = anomalies;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("cursor", "limit", "format"));
        @Nullable String after = asked.value("cursor", cursor -> Cursor.read(LIST, cursor));
        int limit = asked.limit(PAGE, LONGEST_PAGE);
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        return answering.page(uri, request, form, out -> {
            List<Site> found = known.all().page(after, limit + 1);
            List<Site> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable
            String next = found.size() > limit ? Cursor.of(LIST, page.getLast().key()) : null;
            SITES.write(out, form, page, next);
            return next;
        });
    }

    @GET
    @Path("{site}")
    public Response one(@PathParam("site") String site, @Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.small(uri, request, form, null, out -> {
            Site found = known.find(site);
            try (JsonGenerator json = Json.generator(out)) {
                SiteShape.write(json, found);
            }
        });
    }

    @GET
    @Path("{site}/records")
    public Response records(@PathParam("site") String site, @Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "cursor", "limit", "format", "width", "height"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV, Form.PNG, Form.SVG);
        Pictures.only(asked, form, "width", "height");
        Pictures.never(asked, form, "cursor", "limit");
        return Pictures.wanted(form)
                ? records.picture(site, asked, form, uri, request)
                : records.page(site, asked, form, uri, request);
    }

    @GET
    @Path("{site}/anomalies")
    public Response anomalies(@PathParam("site") String site, @Context UriInfo uri, @Context Request request) {
        return anomalies.answer(AnomalySearch.site(site), () -> known.check(site), uri, request);
    }
}
