package io.tallywatt.collectors.elexon;

import io.tallywatt.collectors.elexon.JsonRow.Refused;
import io.tallywatt.collectors.replies.Given;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.replies.RepliesFormat;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Elexon replies. A row that cannot be read is a reject with its text. Lines are those of the reply.
 *
 * <p>{@code FUELINST}: the mean output of each fuel type, and so the mean flow of each cable, over five minutes. Of a row three
 * fields are read: {@code publishTime} (an instant, the END of the five minutes, as the legacy file's stamps were;
 * {@code startTime} is five minutes before it), {@code fuelType} (see {@link FuelTypes}; what is no cable is passed over; a cable
 * that nobody told this program of is a reject that names it) and {@code generation} (MW, a JSON number, positive into Great
 * Britain). Settlement date and period say the same less exactly: at the full and the half hour they are still those of the
 * period before.
 *
 * <p>System prices: {@code startTime} (the START of half an hour, in UTC, which no clock change touches), {@code systemSellPrice}
 * and {@code systemBuyPrice} (GBP/MWh). Since November 2015 both are one price; a row in which they differ is a reject, as it
 * says two things.
 *
 * <p>Source of the shapes: Elexon Insights, {@code GET /datasets/FUELINST/stream} and {@code GET
 * /balancing/settlement/system-prices/DATE}, recorded replies of 2024 and 2026.
 */
public final class ElexonFormat extends RepliesFormat {
    /** The source's short name, and the format's. */
    public static final String NAME = "elexon";

    /** What is paid in Great Britain for what was too much or too little: its channel says that it is no auction's. */
    static final Series SYSTEM_PRICE = new Series("zone", "GB", "price", "system");

    static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static final int VERSION = 1;
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofMinutes(30);
    /** What is published so long after it came has a wrong clock, and would hide what is true now. */
    private static final Duration AHEAD = Duration.ofDays(1);

    public ElexonFormat() {
        super(NAME, VERSION);
    }

    @Override
    protected String unit(Replies head) {
        return switch (Dataset.of(head.question().what())) {
            case FUELINST -> Units.FLOW;
            case SYSTEM_PRICES -> Units.pricePerMwh("GBP");
        };
    }

    @Override
    protected ZoneId zone(Replies head) {
        return LONDON;
    }

    private interface Taking {
        void take(JsonRow row) throws Refused;
    }

    @Override
    protected void read(Replies replies, Given given) {
        Dataset dataset = Dataset.of(replies.question().what());
        Taking taking = switch (dataset) {
            case FUELINST -> row -> flow(row, replies.fetchedAt(), given);
            case SYSTEM_PRICES -> row -> price(row, replies.fetchedAt(), given);
        };
        for (Replies.Part part : replies.parts()) {
            JsonRows.read(part.body(), dataset.words, row -> {
                try {
                    taking.take(row);
                } catch (Refused e) {
                    given.reject(
                            row.line(), e.field, e.code, "Row " + row.number() + ": " + e.getMessage(), row.text());
                }
            });
        }
    }

    private static void flow(JsonRow row, Instant fetchedAt, Given given) throws Refused {
        if (!isWanted(row)) {
            return;
        }
        String code = row.text("fuelType");
        @Nullable Series series = FuelTypes.flow(code);
        if (series == null) {
            throw new Refused(
                    "fuelType",
                    RejectCode.BAD_SERIES,
                    "The cable '" + code + "' is not known; expected one of " + String.join(", ", FuelTypes.codes()));
        }
        row.checkOnce();
        Instant end = inTime("publishTime", row.instant("publishTime"), fetchedAt);
        BigDecimal flowMw = row.number("generation", "MW");
        given.reading(series, new Interval(end.minus(STEP), end), flowMw, Quality.ACTUAL, row.line());
    }

    /** Whether a row of {@code FUELINST} may be of a cable. */
    static boolean isWanted(JsonRow row) {
        return !(row.field("fuelType") instanceof Field.Text type) || FuelTypes.isCable(type.text());
    }

    private static void price(JsonRow row, Instant fetchedAt, Given given) throws Refused {
        row.checkOnce();
        Instant start = inTime("startTime", row.instant("startTime"), fetchedAt);
        BigDecimal sell = row.number("systemSellPrice", "GBP/MWh");
        BigDecimal buy = row.number("systemBuyPrice", "GBP/MWh");
        if (sell.compareTo(buy) != 0) {
            throw new Refused(
                    "systemBuyPrice",
                    RejectCode.BAD_NUMBER,
                    "Expected one price, but it was " + sell.toPlainString() + " to sell and " + buy.toPlainString()
                            + " to buy (before November 2015 there were two)");
        }
        given.reading(SYSTEM_PRICE, new Interval(start, start.plus(PERIOD)), sell, Quality.ACTUAL, row.line());
    }

    private static Instant inTime(String field, Instant instant, Instant fetchedAt) throws Refused {
        if (instant.isAfter(fetchedAt.plus(AHEAD))) {
            throw new Refused(
                    field,
                    RejectCode.FUTURE_TIME,
                    instant + " is more than a day after the reply came, at " + fetchedAt);
        }
        return instant;
    }
}
