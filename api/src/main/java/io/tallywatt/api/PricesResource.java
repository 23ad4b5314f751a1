package io.tallywatt.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.wire.PriceShape;
import io.tallywatt.core.access.PublicRead.Area;
import io.tallywatt.core.query.Prices;
import io.tallywatt.core.query.ReadingSearch;
import io.tallywatt.core.query.SeriesReading;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What power costs in the zones, hour by hour. */
@Path("/api/v1/prices")
@RunOnVirtualThread
@Published(Area.PRICES)
public class PricesResource {
    private final Backend backend;
    private final Answering answering;

    @Inject
    PricesResource(Backend backend, Answering answering) {
        this.backend = backend;
        this.answering = answering;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("from", "to", "zone", "cursor", "limit", "format"));
        Form form = Form.chosen(asked, request, Form.JSON, Form.CSV);
        Lately range = Lately.of(asked, backend.clock().instant());
        Prices prices = new Prices(backend.blocks(), backend.following(), backend.grid());
        Map<String, String> zones =
                prices.zones().stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        @Nullable String zone = asked.choice("zone", zones);
        String list = zone == null ? "prices" : "prices of " + zone;
        SeriesReading.@Nullable Position after = asked.value("cursor", cursor -> Lately.position(list, cursor));
        int limit = asked.limit(FlowsResource.PAGE, FlowsResource.LONGEST_PAGE);
        return answering.page(uri, request, form, range.moving(), out -> {
            List<SeriesReading> found =
                    prices.page(zone, new ReadingSearch(range.from(), range.to(), after), limit + 1);
            List<SeriesReading> page = found.subList(0, Math.min(limit, found.size()));
            @Nullable String next = found.size() > limit ? Lately.cursor(list, page.getLast()) : null;
            PriceShape shape = new PriceShape();
            new Listed<SeriesReading>(PriceShape.HEADER, shape::cells, shape::write).write(out, form, page, next);
            return next;
        });
    }
}
