package io.tallywatt.collectors.entsoe;

import io.tallywatt.collectors.web.ScriptedServer;
import io.tallywatt.collectors.web.ScriptedServer.Reaction;
import io.tallywatt.collectors.web.ScriptedServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stands in for the ENTSO-E Transparency Platform: gives the documents it was given, by their type and areas and whatever
 * the time asked for, says that it has nothing of anything else, refuses other tokens, and fails on demand.
 */
public final class ReplayServer implements AutoCloseable {
    /** What the platform says with status 401. */
    public static final String UNAUTHORIZED =
            "<html><head><title>Error</title></head><body>Unauthorized. Missing or invalid security token</body></html>";

    private static final String XML = "text/xml";
    private static final Pattern TYPE = Pattern.compile("<type>(\\w+)</type>");
    private static final Pattern OUT = Pattern.compile("<out_Domain\\.mRID[^>]*>([^<]+)<");
    private static final Pattern IN = Pattern.compile("<in_Domain\\.mRID[^>]*>([^<]+)<");

    private final ScriptedServer server = new ScriptedServer(this::reaction);
    private final String token;
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();
    private final Deque<Reaction> next = new ArrayDeque<>();
    private volatile Reaction always;

    /** @param token the only one that is accepted */
    public ReplayServer(String token) {
        this.token = token;
    }

    /** Serves all recorded flows, schedules and prices. */
    public ReplayServer withRecorded(Path fixtures) {
        for (String folder : List.of("a11-flows", "a09-scheduled", "a44-prices")) {
            try (Stream<Path> files = Files.list(fixtures.resolve(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                    serve(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** Serves a document for the type and the areas that it names. */
    public ReplayServer serve(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        documents.put(key(found(TYPE, text), found(OUT, text), found(IN, text)), document);
        return this;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("The document has nothing like " + pattern);
        }
        return matcher.group(1);
    }

    /** What is done about the next request, whatever it is; several of them one after the other. */
    public ReplayServer then(Reaction reaction) {
        synchronized (next) {
            next.add(reaction);
        }
        return this;
    }

    /** What is done about all requests from now on; null: what is usual. */
    public void always(Reaction reaction) {
        always = reaction;
    }

    /** Where it is: for {@code TALLYWATT_ENTSOE_URL}. */
    public URI address() {
        return server.at("/api");
    }

    public List<Request> requests() {
        return server.requests();
    }

    private Reaction reaction(Request request) {
        synchronized (next) {
            if (!next.isEmpty()) {
                return next.remove();
            }
        }
        if (always != null) {
            return always;
        }
        if (!token.equals(request.query().get("securityToken"))) {
            return ScriptedServer.answer(401, "text/html", UNAUTHORIZED);
        }
        byte[] document = documents.get(key(
                request.query().get("documentType"),
                request.query().get("out_Domain"),
                request.query().get("in_Domain")));
        return document == null ? acknowledge(nothing(request)) : ScriptedServer.answer(200, XML, document);
    }

    private static String key(String type, String out, String in) {
        return type + " " + out + " " + in;
    }

    private static String nothing(Request request) {
        return "No matching data found for Data item " + request.query().get("documentType") + " ("
                + request.query().get("in_Domain") + ", " + request.query().get("out_Domain") + ") and interval "
                + request.query().get("periodStart") + "/" + request.query().get("periodEnd") + ".";
    }

    /** An acknowledgement of reason 999 with a text, with status 200. */
    public static Reaction acknowledge(String text) {
        return ScriptedServer.answer(
                200, XML, acknowledgement(text), "Content-Disposition: inline; filename=\"acknowledgement.xml\"");
    }

    /** As the platform writes it. */
    public static String acknowledgement(String text) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Acknowledgement_MarketDocument
                	xmlns="urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0">
                	<mRID>%s</mRID>
                	<createdDateTime>2026-05-07T13:17:31Z</createdDateTime>
                	<received_MarketDocument.createdDateTime>2026-05-07T13:17:31Z</received_MarketDocument.createdDateTime>
                	<Reason>
                		<code>999</code>
                		<text>%s</text>
                	</Reason>
                </Acknowledgement_MarketDocument>
                """.formatted(
                        Integer.toHexString(text.hashCode()),
                        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    @Override
    public void close() {
        server.close();
    }
}
