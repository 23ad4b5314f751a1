package io.tallywatt.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes responses of answers, and says how long they hold.
 *
 * <p>As long as the store has not changed, every answer is what it was. So the ETag is made of when it last changed and of
 * what was asked, and whoever holds the same need not be answered again: no question reaches the store. An answer as of an
 * instant that is well past never changes: what becomes known does so after it.
 */
@Singleton
class Answering {
    /** Part of every ETag; raised when the shape of an answer changes. */
    private static final String SHAPES = "1";

    /** What is being committed now became known a moment ago: as of then, an answer may still change. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final int A_YEAR = (int) Duration.ofDays(365).toSeconds();

    private final Backend backend;
    private final HttpHeaders headers;

    @Inject
    Answering(Backend backend, HttpHeaders headers) {
        this.backend = backend;
        this.headers = headers;
    }

    /** Writes an answer. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Works an answer out, before its first byte is sent. */
    interface Beginning {
        Writing begin();
    }

    /** An answer that fits into memory: worked out whole, so that what goes wrong is told by its status. */
    Response small(UriInfo uri, Request request, Form form, @Nullable Instant asOf, Writing writing) {
        return small(uri, request, form, asOf, "", writing);
    }

    /** @param besides what the answer depends on besides the store and what was asked, such as a range that moves on, or a group */
    Response small(UriInfo uri, Request request, Form form, @Nullable Instant asOf, String besides, Writing writing) {
        return answer(
                uri,
                request,
                form,
                asOf,
                besides,
                () -> backend.ask(() -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
                    writing.to(out);
                    return out.toByteArray();
                }));
    }

    /** Writes a page of a list. */
    interface Listing {
        /** Returns the cursor of the page after it, null if it is the last. */
        @Nullable
        String to(OutputStream out) throws IOException;
    }

    /** An answer about this very moment: worked out whole, and never the same again. */
    Response momentary(Form form, Writing writing) {
        byte[] body = backend.ask(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
            writing.to(out);
            return out.toByteArray();
        });
        return Response.ok(body, form.type())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** A page of a list. Where the next one is, its header tells: a page of CSV cannot. */
    Response page(UriInfo uri, Request request, Form form, Listing listing) {
        return page(uri, request, form, "", listing);
    }

    /** @param besides as of {@link #small(UriInfo, Request, Form, Instant, String, Writing)} */
    Response page(UriInfo uri, Request request, Form form, String besides, Listing listing) {
        @Nullable String[] next = new String[1];
        Response page = small(uri, request, form, null, besides, out -> next[0] = listing.to(out));
        if (next[0] == null) {
            return page;
        }
        URI after =
                uri.getRequestUriBuilder().replaceQueryParam("cursor", next[0]).build();
        return Response.fromResponse(page)
                .header("Link", "<" + after.getRawPath() + "?" + after.getRawQuery() + ">; rel=\"next\"")
                .build();
    }

    /** An answer of any length: begun before its first byte is sent, then sent while it is worked out. */
    Response large(UriInfo uri, Request request, Form form, @Nullable Instant asOf, Beginning beginning) {
        return answer(uri, request, form, asOf, "", () -> {
            Writing writing = beginning.begin();
            return (StreamingOutput) writing::to;
        });
    }

    private interface Entity {
        Object make();
    }

    private Response answer(
            UriInfo uri, Request request, Form form, @Nullable Instant asOf, String besides, Entity entity) {
        // What is not in the store, such as which meters a group has, may change whatever was known when.
        boolean settled = besides.isEmpty()
                && asOf != null
                && asOf.isBefore(backend.clock().instant().minus(SETTLED));
        // Asked before the answer is worked out: an answer may be newer than its tag, never older.
        String changed = settled ? "" : backend.ledger().changedAt().toString();
        EntityTag tag = tag(
                changed, uri.getRequestUri().getRawPath(), uri.getRequestUri().getRawQuery(), form.name(), besides);
        Response.@Nullable ResponseBuilder response =
                held(tag) ? Response.notModified() : request.evaluatePreconditions(tag);
        if (response == null) {
            response = Response.ok(entity.make(), form.type());
        }
        CacheControl cache = new CacheControl();
        cache.setNoTransform(false);
        if (settled) {
            cache.setMaxAge(A_YEAR);
            cache.getCacheExtension().put("immutable", "");
        } else {
            cache.setNoCache(true);
        }
        return response.tag(tag).cacheControl(cache).build();
    }

    /** Whether the caller has the answer of this tag: If-None-Match may name several (RFC 9110, 13.1.2). */
    private boolean held(EntityTag tag) {
        @Nullable List<String> lines = headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        if (lines == null) {
            return false;
        }
        String own = '"' + tag.getValue() + '"';
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .anyMatch(held -> held.equals(own) || held.equals("W/" + own) || held.equals("*"));
    }

    private static EntityTag tag(@Nullable String... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(SHAPES.getBytes(StandardCharsets.UTF_8));
            for (String part : parts) {
                sha.update((byte) 0);
                sha.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
            }
            return new EntityTag(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha.digest(), 12)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
