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
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key where one is needed: {@code Authorization: Bearer KEY} or {@code X-Api-Key: KEY}. Never in the address, which is
 * written into logs. What is asked for is told from the resource that will answer, not from the address, which can be written in many ways.
 */
@Singleton
class Doorkeeper {
    private static final String BEARER = "bearer ";

    private final Access access;

    @Inject
    Doorkeeper(Access access) {
        this.access = access;
    }

    @ServerRequestFilter
    @Nullable
    Response check(ContainerRequestContext request, SimpleResourceInfo asked) {
        Class<?> resource = asked.getResourceClass();
        @Nullable Scope needed = needed(request.getMethod());
        if (needed == null || resource.isAnnotationPresent(WithoutKey.class)) {
            return null;
        }
        @Nullable Published published = resource.getAnnotation(Published.class);
        @Nullable Area area = published == null ? null : published.value();
        return switch (access.decide(needed, area, presented(request))) {
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

    private static @Nullable String presented(ContainerRequestContext request) {
        @Nullable String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        @Nullable String key = request.getHeaderString("X-Api-Key");
        return key == null ? null : key.strip();
    }
}
