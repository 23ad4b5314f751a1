package io.tallywatt.collectors.elexon;

import io.tallywatt.collectors.elexon.FuelRow.Field;
import io.tallywatt.collectors.replies.Given;
import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.collectors.replies.RepliesFormat;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads Elexon's {@code FUELINST}: the mean output of each fuel type, and so the mean flow of each cable, over five minutes.
 *
 * <p>Of a row three fields are read: {@code publishTime} (an instant, the END of the five minutes, as the legacy file's stamps
 * were; {@code startTime} is five minutes before it), {@code fuelType} (see {@link FuelTypes}; what is no cable is passed
 * over) and {@code generation} (MW, a JSON number, positive into Great Britain). Settlement date and period say the same
 * less exactly: at the full and the half hour they are still those of the period before. A row that cannot be read is a
 * reject with its text; so is one of a cable that nobody told this program of, which is named. Lines are those of the reply.
 *
 * <p>Source of the shape: Elexon Insights, {@code GET /datasets/FUELINST/stream}, recorded replies of 2024.
 */
public final class ElexonFormat extends RepliesFormat {
    /** The source's short name, and the format's. */
    public static final String NAME = "elexon";

    private static final int VERSION = 1;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Duration STEP = Duration.ofMinutes(5);
    /** What is published so long after it came has a wrong clock, and would hide what is true now. */
    private static final Duration AHEAD = Duration.ofDays(1);

    public ElexonFormat() {
        super(NAME, VERSION);
    }

    @Override
    protected String unit(Replies head) {
        return Units.FLOW;
    }

    @Override
    protected ZoneId zone(Replies head) {
        return LONDON;
    }

    @Override
    protected void read(Replies replies, Given given) {
        for (Replies.Part part : replies.parts()) {
            FuelInst.read(part.body(), row -> take(row, replies.fetchedAt(), given));
        }
    }

    private static void take(FuelRow row, Instant fetchedAt, Given given) {
        if (row.fuelType() instanceof Field.Text type && !FuelTypes.isCable(type.text())) {
            return;
        }
        try {
            String code = text(row, "fuelType", row.fuelType());
            @Nullable Series series = FuelTypes.flow(code);
            if (series == null) {
                throw new Refused(
                        "fuelType",
                        RejectCode.BAD_SERIES,
                        "The cable '" + code + "' is not known; expected one of "
                                + String.join(", ", FuelTypes.codes()));
            }
            if (!row.again().isEmpty()) {
                throw new Refused(row.again(), RejectCode.BAD_JSON, "The field '" + row.again() + "' comes twice");
            }
            Instant end = instant(text(row, "publishTime", row.publishTime()));
            if (end.isAfter(fetchedAt.plus(AHEAD))) {
                throw new Refused(
                        "publishTime",
                        RejectCode.FUTURE_TIME,
                        end + " is more than a day after the reply came, at " + fetchedAt);
            }
            BigDecimal flowMw = number(row.generation());
            given.reading(series, new Interval(end.minus(STEP), end), flowMw, Quality.ACTUAL, row.line());
        } catch (Refused e) {
            given.reject(row.line(), e.field, e.code, "Row " + row.number() + ": " + e.getMessage(), row.text());
        }
    }

    private static String text(FuelRow row, String name, Field field) throws Refused {
        return switch (field) {
            case Field.Text text -> text.text();
            case Field.Absent absent -> throw missing(name, absent);
            case Field.Figure number ->
                throw new Refused(name, RejectCode.BAD_JSON, "Expected a text, but got the number " + number.value());
            case Field.Other other ->
                throw new Refused(
                        name,
                        RejectCode.BAD_JSON,
                        row.text().startsWith("{")
                                ? "Expected a text, but got " + other.what()
                                : "Expected an object with the fields of a row, but got " + other.what());
        };
    }

    private static Refused missing(String name, Field.Absent absent) {
        return new Refused(
                name,
                RejectCode.MISSING_FIELD,
                absent.isNull() ? "The field '" + name + "' is null" : "The row has no field '" + name + "'");
    }

    private static BigDecimal number(Field field) throws Refused {
        return switch (field) {
            case Field.Figure number -> number.value();
            case Field.Absent absent -> throw missing("generation", absent);
            case Field.Text text ->
                throw new Refused(
                        "generation",
                        RejectCode.TEXT_FOR_NUMBER,
                        "Expected a JSON number of MW, but got the text '" + text.text() + "'");
            case Field.Other other ->
                throw new Refused(
                        "generation", RejectCode.BAD_NUMBER, "Expected a number of MW, but got " + other.what());
        };
    }

    private static Instant instant(String text) throws Refused {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Refused(
                    "publishTime",
                    hasNoZone(text) ? RejectCode.TIME_WITHOUT_ZONE : RejectCode.BAD_TIME,
                    "Expected an instant such as 2024-02-12T17:50:00Z, but got '" + text + "'");
        }
        if (!instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
            throw new Refused(
                    "publishTime", RejectCode.BAD_TIME, "Expected a time of whole seconds, but got '" + text + "'");
        }
        return instant;
    }

    private static boolean hasNoZone(String text) {
        try {
            LocalDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Why a row is not taken. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        final String field;
        final RejectCode code;

        Refused(String field, RejectCode code, String message) {
            super(message, null, false, false);
            this.field = field;
            this.code = code;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
