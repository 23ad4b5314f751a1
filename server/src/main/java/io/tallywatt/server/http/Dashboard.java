package io.tallywatt.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the page: a few files of the class path, which are the same for everybody and hold nothing of anybody's data, so no
 * key is asked for. What a script is called tells its contents, so it is kept for ever; the others are asked about each time.
 */
final class Dashboard {
    /** Each is the same document, which looks at the address. */
    private static final List<String> PAGES = List.of("/", "/now", "/grid", "/home", "/sites", "/meters", "/files");

    private static final String FOLDER = "/dashboard/";
    private static final String FIRST = "index.html";
    private static final Pattern NAMED_BY_CONTENTS = Pattern.compile("app/.*-[A-Z0-9]{8}\\.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    /** Nothing comes from anywhere else, and no other page may show this one in a frame. Charts set the style of what they draw. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Map<String, Asset> assets;

    private record Asset(String type, Buffer plain, Buffer packed, String tag, boolean forEver) {}

    private Dashboard(Map<String, Asset> assets) {
        this.assets = assets;
    }

    /** Reads the files; there are none only where the program was put together without them. */
    static Dashboard load() throws IOException {
        Map<String, Asset> assets = new TreeMap<>();
        for (String name :
                new String(read("files.txt"), StandardCharsets.UTF_8).lines().toList()) {
            byte[] bytes = read(name);
            String type = TYPES.getOrDefault(
                    name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
            assets.put(
                    name,
                    new Asset(
                            type,
                            Buffer.buffer(bytes),
                            Buffer.buffer(packed(bytes)),
                            tag(bytes),
                            NAMED_BY_CONTENTS.matcher(name).matches()));
        }
        return new Dashboard(assets);
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = Dashboard.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException("The program lacks " + FOLDER + name);
            }
            return in.readAllBytes();
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, 12)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    void routes(Router router) {
        for (String page : PAGES) {
            router.get(page).handler(context -> send(context, FIRST));
            router.head(page).handler(context -> send(context, FIRST));
        }
        router.get("/app/*").handler(this::file);
        router.head("/app/*").handler(this::file);
    }

    private void file(RoutingContext context) {
        send(context, context.normalizedPath().substring(1));
    }

    private void send(RoutingContext context, String name) {
        @Nullable Asset asset = assets.get(name);
        if (asset == null) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.putHeader("Cache-Control", asset.forEver ? "public, max-age=31536000, immutable" : "no-cache")
                .putHeader("ETag", asset.tag)
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", POLICY);
        @Nullable String held = context.request().getHeader("If-None-Match");
        if (held != null && Arrays.asList(held.split("\\s*,\\s*", -1)).contains(asset.tag)) {
            response.setStatusCode(304).end();
            return;
        }
        @Nullable String accepted = context.request().getHeader("Accept-Encoding");
        boolean pack = accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
        Buffer body = pack ? asset.packed : asset.plain;
        response.putHeader("Content-Type", asset.type);
        if (pack) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }
}
