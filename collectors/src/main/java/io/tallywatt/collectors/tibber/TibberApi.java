package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tallywatt.collectors.web.Answer;
import io.tallywatt.collectors.web.RetryAfter;
import io.tallywatt.collectors.web.Secret;
import io.tallywatt.collectors.web.Web;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tibber's GraphQL API: one question, one answer. Safe for several threads.
 *
 * <p>Source of the shapes: the schema of api.tibber.com/v1-beta/gql, and developer.tibber.com.
 */
public final class TibberApi {
    /** Where Tibber is, unless the setting {@code tallywatt.tibber.url} says otherwise. */
    public static final URI URL = URI.create("https://api.tibber.com/v1-beta/gql");

    /** How it introduces itself, which Tibber insists on. */
    public static final String USER_AGENT = "Tallywatt";

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int TOO_MANY = 429;
    private static final int MOST_WORDS = 200;

    private final URI url;
    private final Secret token;
    private final @Nullable String chosen;
    private final Web web;
    private final Clock clock;
    private @Nullable TibberHome home;

    /** @param chosen the home's id; null where the account has one */
    public TibberApi(URI url, Secret token, @Nullable String chosen, Web web, Clock clock) {
        this.url = url;
        this.token = token;
        this.chosen = chosen;
        this.web = web;
        this.clock = clock;
    }

    Secret token() {
        return token;
    }

    /** What came of a question. */
    sealed interface Asked<T> {
        record Got<T>(T value) implements Asked<T> {}

        /** Not now, and not before a pause, if they ask for one. */
        record Later<T>(Duration pause, String why) implements Asked<T> {}

        /** Never, until somebody changes something. */
        record Refused<T>(String why) implements Asked<T> {}
    }

    /** Puts a question; the answer is what stands in {@code data}. */
    Asked<JsonNode> query(String graphQl) throws InterruptedException {
        String body;
        try {
            body = JSON.writeValueAsString(Map.of("query", graphQl));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Answer answer = web.post(
                url,
                Map.of("Authorization", "Bearer " + token.value(), "Accept", "application/json"),
                "application/json",
                body);
        return switch (answer) {
            case Answer.Failed failed -> new Asked.Later<>(Duration.ZERO, failed.why());
            case Answer.Body got -> read(got);
        };
    }

    private Asked<JsonNode> read(Answer.Body got) {
        @Nullable JsonNode json = tree(got.bytes());
        String said = "Tibber answered " + got.status() + words(got.bytes(), json);
        if (got.status() == 401 || got.status() == 403 || json != null && isAboutTheToken(json)) {
            return new Asked.Refused<>(said + "; make a token on developer.tibber.com and set TALLYWATT_TIBBER_TOKEN");
        }
        if (got.status() == TOO_MANY || got.status() >= 500) {
            Duration usual = got.status() == TOO_MANY ? PAUSE : Duration.ZERO;
            Duration asked = RetryAfter.read(got.retryAfter(), clock.instant()).orElse(usual);
            return new Asked.Later<>(asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked, said);
        }
        if (got.status() == 400 || got.status() == 404 || got.movedTo() != null) {
            return new Asked.Refused<>(said);
        }
        if (json == null || !json.path("data").isObject()) {
            // A page of a proxy, or trouble on their side.
            return new Asked.Later<>(Duration.ZERO, said);
        }
        return new Asked.Got<>(json.path("data"));
    }

    private static @Nullable JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            return null;
        }
    }

    static boolean isAboutTheToken(JsonNode answer) {
        for (JsonNode error : answer.path("errors")) {
            String code = error.path("extensions").path("code").asText();
            if (code.equals("UNAUTHENTICATED") || code.equals("FORBIDDEN")) {
                return true;
            }
        }
        return false;
    }

    private String words(byte[] bytes, @Nullable JsonNode json) {
        String text = json != null && json.path("errors").isArray()
                ? json.path("errors").findValuesAsText("message").stream().collect(Collectors.joining("; "))
                : json == null ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8) : "";
        text = token.redact(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
        return text.isEmpty() ? "" : ": " + (text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) : text);
    }

    /** The home that is asked about; asked for once. */
    synchronized Asked<TibberHome> home() throws InterruptedException {
        if (home != null) {
            return new Asked.Got<>(home);
        }
        Asked<JsonNode> asked = query(
                "{viewer{homes{id timeZone appNickname address{address1}" + " features{realTimeConsumptionEnabled}}}}");
        return switch (asked) {
            case Asked.Later<JsonNode> later -> new Asked.Later<>(later.pause(), later.why());
            case Asked.Refused<JsonNode> refused -> new Asked.Refused<>(refused.why());
            case Asked.Got<JsonNode> got -> {
                Asked<TibberHome> one = choose(homes(got.value()));
                if (one instanceof Asked.Got<TibberHome> found) {
                    home = found.value();
                }
                yield one;
            }
        };
    }

    private static List<TibberHome> homes(JsonNode data) {
        List<TibberHome> homes = new ArrayList<>();
        for (JsonNode node : data.path("viewer").path("homes")) {
            String id = node.path("id").asText();
            if (id.matches("[A-Za-z0-9-]{1,100}")) {
                String name = node.path("appNickname").isTextual()
                        ? node.path("appNickname").asText()
                        : node.path("address").path("address1").asText("");
                homes.add(new TibberHome(
                        id,
                        name,
                        zone(node.path("timeZone").asText()),
                        node.path("features").path("realTimeConsumptionEnabled").asBoolean()));
            }
        }
        return homes;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.of("Europe/Oslo");
        }
    }

    private Asked<TibberHome> choose(List<TibberHome> homes) {
        String all = homes.stream()
                .map(h -> h.id() + (h.name().isEmpty() ? "" : " (" + h.name() + ")"))
                .collect(Collectors.joining(", "));
        if (chosen != null) {
            return homes.stream()
                    .filter(h -> h.id().equals(chosen))
                    .findFirst()
                    .<Asked<TibberHome>>map(Asked.Got::new)
                    .orElseGet(() -> new Asked.Refused<>("The account has no home '" + chosen
                            + "' (TALLYWATT_TIBBER_HOME); it has " + (all.isEmpty() ? "none" : all)));
        }
        if (homes.size() == 1) {
            return new Asked.Got<>(homes.getFirst());
        }
        List<TibberHome> live = homes.stream().filter(TibberHome::live).toList();
        if (live.size() == 1) {
            return new Asked.Got<>(live.getFirst());
        }
        return new Asked.Refused<>(
                homes.isEmpty()
                        ? "The account has no home"
                        : "The account has several homes: set TALLYWATT_TIBBER_HOME to one of " + all);
    }
}
