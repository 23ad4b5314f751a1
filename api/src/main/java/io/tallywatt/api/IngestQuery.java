package io.tallywatt.api;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.time.Resolution;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters that say how what comes in is to be read. */
final class IngestQuery {
    private static final int LONGEST_NAME = 300;

    private static final Set<String> NAMES = Set.of(
            "zone",
            "unit",
            "stamps",
            "dates",
            "meterColumn",
            "meter",
            "series",
            "valueColumn",
            "resolution",
            "plausibleKw");

    private IngestQuery() {}

    /** These and some more. */
    static Set<String> with(String... own) {
        Collection<String> names = new HashSet<>(NAMES);
        names.addAll(List.of(own));
        return Set.copyOf(names);
    }

    /** A name that people will read in lists and logs. */
    static String label(String parameter, @Nullable String value, String meaning) {
        if (value == null) {
            throw Problem.missing(parameter, meaning);
        }
        if (value.isBlank() || value.length() > LONGEST_NAME || value.chars().anyMatch(Character::isISOControl)) {
            throw Problem.parameter(
                    parameter, value, "a name of at most " + LONGEST_NAME + " characters, without control characters");
        }
        return value;
    }

    static long announced(HttpHeaders headers) {
        @Nullable String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null || !length.matches("[0-9]{1,18}") ? -1 : Long.parseLong(length);
    }

    /** The type of the body, null if none is stated. */
    static @Nullable MediaType type(HttpHeaders headers) {
        @Nullable String stated = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (stated == null) {
            return null;
        }
        try {
            return MediaType.valueOf(stated);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    415,
                    "Unsupported media type",
                    "Expected the header Content-Type to be a type such as text/csv, but got '"
                            + Problem.shortened(stated) + "'");
        }
    }

    static ReadingOptions options(Asked asked, ReadingOptions defaults) {
        @Nullable ZoneId zone = asked.value("zone", Values::zone);
        @Nullable EnergyUnit unit = asked.value("unit", Values::unit);
        @Nullable Stamps stamps = asked.value("stamps", Values::stamps);
        @Nullable DateOrder dates = asked.value("dates", Values::dateOrder);
        @Nullable Resolution resolution = asked.value("resolution", Values::resolution);
        @Nullable BigDecimal plausibleKw = asked.value("plausibleKw", Values::positive);
        return new ReadingOptions(
                Objects.requireNonNullElse(zone, defaults.zone()),
                zone != null || defaults.zoneStated(),
                unit,
                stamps,
                dates,
                asked.text("meterColumn"),
                asked.text("meter"),
                asked.value("series", Values::series),
                asked.text("valueColumn"),
                resolution,
                Objects.requireNonNullElse(plausibleKw, defaults.plausibleKw()),
                defaults.feedEvery());
    }
}
