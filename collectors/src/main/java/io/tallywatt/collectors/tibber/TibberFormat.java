package io.tallywatt.collectors.tibber;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallywatt.collectors.replies.Given;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.replies.RepliesFormat;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.register.Registers;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Tibber replied, and what was kept of its live measurements, a line per minute:
 *
 * <ul>
 *   <li>{@code registers}: the last read of the minute, as {@code home/K/consumption/day} (since local midnight) and
 *       {@code .../register} (the meter's own), and the same of {@code generation}: what a home gives to the grid;
 *   <li>{@code power}: the mean of the minute in W, as {@code home/K/power} and {@code home/K/power/production};
 *   <li>{@code energy}: the hours of the history, kWh; an hour that is not known yet is null, and says nothing;
 *   <li>{@code price}: what a kWh costs by the quarter of an hour, with taxes, as {@code home/K/price} per MWh.
 * </ul>
 */
public final class TibberFormat extends RepliesFormat {
    /** The source's short name, and the format's. */
    public static final String NAME = "tibber";

    static final String HOME = "home";
    static final String ZONE = "zone";
    static final String CURRENCY = "currency";

    private static final int VERSION = 1;
    private static final BigDecimal KWH_PER_MWH = BigDecimal.valueOf(1000);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration LONGEST_PRICE = Duration.ofHours(1);

    /** What a document holds. */
    enum What {
        REGISTERS,
        POWER,
        ENERGY,
        PRICE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static What of(String question) {
            String word = question.substring(0, Math.max(0, question.indexOf(' ')));
            for (What what : values()) {
                if (what.word().equals(word)) {
                    return what;
                }
            }
            throw new IllegalArgumentException("'" + question + "' is no question to Tibber");
        }
    }

    public TibberFormat() {
        super(NAME, VERSION);
    }

    private static String fact(Replies head, String key) {
        @Nullable String fact = head.facts().get(key);
        if (fact == null) {
            throw new IllegalArgumentException("The head has no fact '" + key + "'");
        }
        return fact;
    }

    @Override
    protected String unit(Replies head) {
        return switch (What.of(head.question().what())) {
            case REGISTERS -> Registers.UNIT;
            case POWER -> Units.POWER;
            case ENERGY -> Units.ENERGY;
            case PRICE -> Units.pricePerMwh(fact(head, CURRENCY));
        };
    }

    @Override
    protected ZoneId zone(Replies head) {
        try {
            return ZoneId.of(fact(head, ZONE));
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("'" + fact(head, ZONE) + "' is no zone", e);
        }
    }

    @Override
    protected void read(Replies replies, Given given) {
        String home = fact(replies, HOME);
        What what = What.of(replies.question().what());
        for (Replies.Part part : replies.parts()) {
            switch (what) {
                case REGISTERS, POWER -> lines(part.body(), home, what, given);
                case ENERGY -> energy(tree(part.body()), home, given);
                case PRICE -> prices(tree(part.body()), home, given);
            }
        }
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return TibberApi.JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.DAMAGED, "Tibber's reply is no JSON", e);
        }
    }

    private static void lines(byte[] body, String home, What what, Given given) {
        long line = 0;
        for (String text : new String(body, StandardCharsets.UTF_8).split("\n", -1)) {
            line++;
            if (text.isBlank()) {
                continue;
            }
            JsonNode node = tree(text.getBytes(StandardCharsets.UTF_8));
            @Nullable Instant at = Measurement.instant(node.path("at"));
            if (at == null) {
                given.reject(line, "at", RejectCode.BAD_TIME, "The line has no time", text);
            } else if (what == What.POWER) {
                Interval minute = new Interval(at, at.plusSeconds(60));
                put(given, Registers.of(home, Registers.POWER), minute, node.path("power"), line);
                put(
                        given,
                        Registers.channel(Registers.of(home, Registers.POWER), "production"),
                        minute,
                        node.path("production"),
                        line);
            } else {
                registers(given, home, new Interval(at, at.plusSeconds(1)), node, line);
            }
        }
    }

    private static void registers(Given given, String home, Interval second, JsonNode node, long line) {
        Series consumption = Registers.of(home, Registers.CONSUMPTION);
        Series generation = Registers.of(home, Registers.GENERATION);
        put(given, Registers.channel(consumption, Registers.DAY), second, node.path("consumption"), line);
        put(given, Registers.channel(consumption, Registers.REGISTER), second, node.path("meterConsumption"), line);
        put(given, Registers.channel(generation, Registers.DAY), second, node.path("production"), line);
        put(given, Registers.channel(generation, Registers.REGISTER), second, node.path("meterProduction"), line);
    }

    private static void put(Given given, Series series, Interval interval, JsonNode value, long line) {
        if (value.isNumber()) {
            given.reading(series, interval, value.decimalValue(), Quality.ACTUAL, line);
        }
    }

    private static void energy(JsonNode data, String home, Given given) {
        JsonNode node = data.path("viewer").path("home");
        for (JsonNode hour : node.path("consumption").path("nodes")) {
            hour(hour, "consumption", Registers.of(home, Registers.CONSUMPTION), given);
        }
        for (JsonNode hour : node.path("production").path("nodes")) {
            hour(hour, "production", Registers.of(home, Registers.GENERATION), given);
        }
    }

    private static void hour(JsonNode hour, String field, Series series, Given given) {
        @Nullable Instant from = Measurement.instant(hour.path("from"));
        @Nullable Instant to = Measurement.instant(hour.path("to"));
        JsonNode value = hour.path(field);
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        if (from == null || to == null || !from.isBefore(to)) {
            given.reject(1, "from", RejectCode.BAD_TIME, "An hour of the history has no time", hour.toString());
        } else if (!value.isNumber()) {
            given.reject(1, field, RejectCode.BAD_NUMBER, "'" + value.asText() + "' is no energy", hour.toString());
        } else {
            Quality quality = value.decimalValue().signum() < 0 ? Quality.INVALID : Quality.ACTUAL;
            given.reading(series, new Interval(from, to), value.decimalValue(), quality, 1);
        }
    }

    private static void prices(JsonNode data, String home, Given given) {
        @Nullable JsonNode before = null;
        @Nullable Instant start = null;
        Duration step = QUARTER;
        JsonNode info =
                data.path("viewer").path("home").path("currentSubscription").path("priceInfo");
        for (JsonNode day : new JsonNode[] {info.path("today"), info.path("tomorrow")}) {
            for (JsonNode price : day) {
                @Nullable Instant at = Measurement.instant(price.path("startsAt"));
                if (at == null || !price.path("total").isNumber()) {
                    given.reject(
                            1, "startsAt", RejectCode.BAD_TIME, "A price has no time or no value", price.toString());
                    continue;
                }
                if (start != null && before != null && start.isBefore(at)) {
                    Duration until = Duration.between(start, at);
                    step = until.compareTo(LONGEST_PRICE) > 0 ? step : until;
                    price(given, home, start, step, before);
                }
                start = at;
                before = price;
            }
        }
        if (start != null && before != null) {
            price(given, home, start, step, before);
        }
    }

    private static void price(Given given, String home, Instant start, Duration step, JsonNode price) {
        given.reading(
                Registers.of(home, Registers.PRICE),
                new Interval(start, start.plus(step)),
                price.path("total").decimalValue().multiply(KWH_PER_MWH),
                Quality.ACTUAL,
                1);
    }
}
