package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallywatt.api.live.LivePower;
import io.tallywatt.api.wire.Json;
import io.tallywatt.api.wire.SourceShape;
import io.tallywatt.core.query.Flows;
import io.tallywatt.core.query.Freshness;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where values come from, and how old the last of each source is. */
@Path("/api/v1/sources")
@RunOnVirtualThread
public class SourcesResource {
    /** What those who listen to a home are told about as often, whatever its meter does. */
    private static final Duration LIVE = Duration.ofSeconds(10);

    private final Backend backend;
    private final Answering answering;

    @Inject
    SourcesResource(Backend backend, Answering answering) {
        this.backend = backend;
        this.answering = answering;
    }

    @GET
    public Response list(@Context UriInfo uri, @Context Request request) {
        Asked asked = Asked.of(uri, Set.of("format"));
        Form form = Form.chosen(asked, request, Form.JSON);
        return answering.momentary(form, out -> {
            Instant now = backend.clock().instant();
            List<Freshness.Source> sources = new ArrayList<>();
            homes(now).ifPresent(sources::add);
            Flows flows = new Flows(backend.blocks(), backend.following(), backend.grid());
            sources.addAll(
                    new Freshness(backend.blocks(), backend.following(), backend.findings(), flows).sources(now));
            try (JsonGenerator json = Json.generator(out)) {
                SourceShape.write(json, now, sources);
            }
        });
    }

    /** The homes that are listened to, as one source. */
    private Optional<Freshness.Source> homes(Instant now) {
        List<LivePower.State> homes = backend.livePower().homes();
        List<Freshness.Part> parts = homes.stream()
                .map(home -> new Freshness.Part(
                        home.name().isEmpty() ? home.key() : home.name(),
                        home.latest() == null ? null : home.latest().at()))
                .toList();
        Optional<Instant> newest = parts.stream()
                .flatMap(p -> Optional.ofNullable(p.newest()).stream())
                .max(Instant::compareTo);
        return newest.map(last -> new Freshness.Source(
                "homes",
                "home",
                last,
                LIVE,
                Freshness.isLate(last, LIVE, now),
                homes.size(),
                parts.stream()
                        .filter(p -> p.newest() == null || Freshness.isLate(p.newest(), LIVE, now))
                        .limit(Freshness.MOST_NAMED)
                        .toList()));
    }
}
