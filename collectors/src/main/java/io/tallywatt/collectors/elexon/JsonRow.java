package io.tallywatt.collectors.elexon;

import io.tallywatt.core.format.RejectCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of a reply as it was found. What is wrong with a field is said when it is asked for.
 *
 * @param number which of the reply's it is, from 1
 * @param line of the reply where it begins, from 1
 * @param text the row itself
 * @param instead what is there instead of an object with fields; null where there is one
 * @param again the name of a field that it has twice, empty where it has none
 */
record JsonRow(
        long number, long line, String text, Map<String, Field> fields, Field.@Nullable Other instead, String again) {

    /** Why a row is not taken. */
    static final class Refused extends Exception {
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

    Field field(String name) {
        return instead == null ? fields.getOrDefault(name, new Field.Absent(false)) : instead;
    }

    /** What some fields say, whatever else is written beside them: equal for rows that mean the same by them. */
    String says(String... names) {
        return Arrays.stream(names).map(name -> field(name).says()).collect(Collectors.joining(" "));
    }

    /** A row with a field twice says two things. */
    void checkOnce() throws Refused {
        if (!again.isEmpty()) {
            throw new Refused(again, RejectCode.BAD_JSON, "The field '" + again + "' comes twice");
        }
    }

    String text(String name) throws Refused {
        return switch (field(name)) {
            case Field.Text text -> text.text();
            case Field.Absent absent -> throw missing(name, absent);
            case Field.Figure figure ->
                throw new Refused(name, RejectCode.BAD_JSON, "Expected a text, but got the number " + figure.value());
            case Field.Other other ->
                throw new Refused(
                        name,
                        RejectCode.BAD_JSON,
                        instead == null
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

    /** @param unit for messages */
    BigDecimal number(String name, String unit) throws Refused {
        return switch (field(name)) {
            case Field.Figure figure -> figure.value();
            case Field.Absent absent -> throw missing(name, absent);
            case Field.Text text ->
                throw new Refused(
                        name,
                        RejectCode.TEXT_FOR_NUMBER,
                        "Expected a JSON number of " + unit + ", but got the text '" + text.text() + "'");
            case Field.Other other ->
                throw new Refused(
                        name, RejectCode.BAD_NUMBER, "Expected a number of " + unit + ", but got " + other.what());
        };
    }

    /** An instant of whole seconds. */
    Instant instant(String name) throws Refused {
        String text = text(name);
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Refused(
                    name,
                    hasNoZone(text) ? RejectCode.TIME_WITHOUT_ZONE : RejectCode.BAD_TIME,
                    "Expected an instant such as 2024-02-12T17:50:00Z, but got '" + text + "'");
        }
        if (!instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
            throw new Refused(name, RejectCode.BAD_TIME, "Expected a time of whole seconds, but got '" + text + "'");
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
}
