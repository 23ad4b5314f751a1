package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.tibber.TibberApi.Asked;
import io.tallywatt.collectors.tibber.TibberFormat.What;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import io.tallywatt.core.source.Source;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks Tibber for a home's history, by hours, and for the prices of today and, from about 13:00 on, of tomorrow. Prices of days
 * that are over are not asked for: the API gives none by the quarter.
 */
public final class TibberSource implements Source {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofDays(28);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Of a home that nobody chose the id is not known before the account is asked. */
    private static final String ONLY = "home";

    private final TibberApi api;
    private final Clock clock;
    private final String home;

    /** @param chosen the home's id; null where the account has one */
    public TibberSource(TibberApi api, @Nullable String chosen, Clock clock) {
        this.api = api;
        this.clock = clock;
        this.home = Objects.requireNonNullElse(chosen, ONLY);
    }

    @Override
    public String name() {
        return TibberFormat.NAME;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Duration window() {
        return WINDOW;
    }

    @Override
    public List<Question> questions(Interval window) {
        List<Question> questions = new ArrayList<>();
        Instant now = clock.instant();
        Instant from = window.start().truncatedTo(ChronoUnit.DAYS);
        Instant end = window.end().isAfter(now) ? now : window.end();
        while (from.isBefore(end)) {
            Instant month = from.plus(WINDOW);
            Instant day = upToDay(end);
            Instant to = month.isBefore(day) ? month : day;
            questions.add(new Question(What.ENERGY.word() + " " + home, new Interval(from, to)));
            from = to;
        }
        if (window.end().isAfter(now.minus(EVERY))) {
            Instant today = now.truncatedTo(ChronoUnit.DAYS);
            questions.add(
                    new Question(What.PRICE.word() + " " + home, new Interval(today, today.plus(2, ChronoUnit.DAYS))));
        }
        return List.copyOf(questions);
    }

    private static Instant upToDay(Instant instant) {
        Instant day = instant.truncatedTo(ChronoUnit.DAYS);
        return day.equals(instant) ? day : day.plus(1, ChronoUnit.DAYS);
    }

    @Override
    public Reply ask(Question question) throws InterruptedException {
        return switch (api.home()) {
            case Asked.Later<TibberHome> later -> new Reply.Throttled(later.pause(), later.why());
            case Asked.Refused<TibberHome> refused -> new Reply.Rejected(refused.why());
            case Asked.Got<TibberHome> got -> ask(question, got.value());
        };
    }

    private Reply ask(Question question, TibberHome of) throws InterruptedException {
        What what = What.of(question.what());
        Asked<JsonNode> asked = api.query(
                switch (what) {
                    case ENERGY -> energy(of, question.window());
                    case PRICE -> price(of);
                    case REGISTERS, POWER ->
                        throw new IllegalArgumentException(question.what() + " is not asked for, but listened to");
                });
        Instant at = clock.instant();
        return switch (asked) {
            case Asked.Later<JsonNode> later -> new Reply.Throttled(later.pause(), later.why());
            case Asked.Refused<JsonNode> refused -> new Reply.Rejected(refused.why());
            case Asked.Got<JsonNode> got -> reply(question, what, of, got.value(), at);
        };
    }

    /** The hour before and the one after are asked for too: whether a cursor's own hour is given is nowhere said. */
    static String energy(TibberHome home, Interval window) {
        OffsetDateTime before = window.start().minus(HOUR).atZone(home.zone()).toOffsetDateTime();
        String cursor = Base64.getEncoder()
                .encodeToString(
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(before).getBytes(StandardCharsets.UTF_8));
        long hours = window.duration().toHours() + 2;
        String asked = "(resolution:HOURLY,first:" + hours + ",after:\"" + cursor + "\")";
        return "{viewer{home(id:\"" + home.id() + "\"){consumption" + asked + "{nodes{from to consumption}} production"
                + asked + "{nodes{from to production}}}}}";
    }

    static String price(TibberHome home) {
        String fields = "{total startsAt currency}";
        return "{viewer{home(id:\"" + home.id() + "\"){currentSubscription{priceInfo(resolution:QUARTER_HOURLY){today"
                + fields + " tomorrow" + fields + "}}}}}";
    }

    private static Reply reply(Question question, What what, TibberHome home, JsonNode data, Instant at) {
        JsonNode of = data.path("viewer").path("home");
        boolean any = what == What.ENERGY
                ? has(of.path("consumption").path("nodes"), "consumption")
                        || has(of.path("production").path("nodes"), "production")
                : has(prices(of).path("today"), "total") || has(prices(of).path("tomorrow"), "total");
        if (!any) {
            return new Reply.NotYetPublished("Tibber has no " + (what == What.ENERGY ? "history" : "prices") + " of "
                    + question.window().start() + " to " + question.window().end());
        }
        Map<String, String> facts = what == What.ENERGY
                ? Map.of(
                        TibberFormat.HOME,
                        home.id(),
                        TibberFormat.ZONE,
                        home.zone().getId())
                : Map.of(
                        TibberFormat.HOME,
                        home.id(),
                        TibberFormat.ZONE,
                        home.zone().getId(),
                        TibberFormat.CURRENCY,
                        currency(prices(of)));
        byte[] body;
        try {
            body = TibberApi.JSON.writeValueAsBytes(data);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Replies replies = new Replies(
                TibberFormat.NAME,
                question,
                at,
                new java.util.TreeMap<>(facts),
                List.of(new Replies.Part(what.word(), body)));
        return new Reply.Fetched(replies.bytes(), fingerprint(body), at);
    }

    private static JsonNode prices(JsonNode home) {
        return home.path("currentSubscription").path("priceInfo");
    }

    private static String currency(JsonNode prices) {
        String currency = prices.path("today").path(0).path("currency").asText();
        return currency.matches("[A-Z]{3}") ? currency : "NOK";
    }

    private static boolean has(JsonNode list, String field) {
        for (JsonNode item : list) {
            if (item.path(field).isNumber()) {
                return true;
            }
        }
        return false;
    }

    private static String fingerprint(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
