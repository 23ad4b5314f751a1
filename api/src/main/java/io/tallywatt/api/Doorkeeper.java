package io.tallywatt.api;

import io.tallywatt.core.access.Access;
import io.tallywatt.core.access.PublicRead.Area;
import io.tallywatt.core.access.Scope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key where one is needed: {@code Authorization: Bearer KEY} or {@code X-Api-Key: KEY}. Never in the address, which is
 * written into logs.
 */
@Singleton
class Doorkeeper {
    private static final String API = "/api/";
    private static final String BEARER = "bearer ";
    private static final Pattern FLOWS = Pattern.compile("/api/v1/flows(/.*)?");
    private static final Pattern PRICES = Pattern.compile("/api/v1/prices/?");

    private final Access access;

    @Inject
    Doorkeeper(Access access) {
        this.access = access;
    }

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getPath();
        @Nullable Scope needed = needed(request.getMethod());
        if (needed == null || !path.startsWith(API)) {
            return null;
        }
        return switch (access.decide(needed, area(path), presented(request))) {
            case Access.Decision.Allowed allowed -> null;
            case Access.Decision.Unknown unknown ->
                Response.fromResponse(
                                Problem.of(401, "Key needed", unknown.why()).response())
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tallywatt\"")
                        .build();
            case Access.Decision.Forbidden forbidden ->
                Problem.of(403, "Not allowed", forbidden.why()).response();
        };
    }

    /** Null where nothing is told that could be kept from anybody. */
    private static @Nullable Scope needed(String method) {
        return switch (method) {
            case "OPTIONS" -> null;
            case "GET", "HEAD" -> Scope.READ;
            default -> Scope.WRITE;
        };
    }

    private static @Nullable Area area(String path) {
        if (FLOWS.matcher(path).matches()) {
            return Area.FLOWS;
        }
        return PRICES.matcher(path).matches() ? Area.PRICES : null;
    }

    private static @Nullable String presented(ContainerRequestContext request) {
        @Nullable String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        @Nullable String key = request.getHeaderString("X-Api-Key");
        return key == null ? null : key.strip();
    }
}
