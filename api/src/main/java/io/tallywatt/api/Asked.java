package io.tallywatt.api;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.time.Moment;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. A parameter that nobody reads here, that comes twice or that has a value which cannot be read is
 * a {@link Problem} naming it: a mistyped name must not be taken for a wish for everything.
 */
final class Asked {
    private static final int LONGEST = 2000;

    private final Map<String, List<String>> query;

    private Asked(Map<String, List<String>> query) {
        this.query = query;
    }

    /**
     * Looks at a query.
     *
     * @param known the parameters that this request may have
     */
    static Asked of(UriInfo uri, Set<String> known) {
        Map<String, List<String>> query = uri.getQueryParameters();
        query.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Problem.unknown(
                        name, known.isEmpty() ? "no parameter at all" : String.join(", ", new TreeSet<>(known)));
            }
            if (values.size() > 1) {
                throw Problem.parameter(name, String.join("', '", values), "one value");
            }
        });
        return new Asked(query);
    }

    @Nullable
    String text(String name) {
        List<String> values = query.get(name);
        if (values == null) {
            return null;
        }
        String value = values.getFirst();
        if (value.isEmpty()) {
            throw Problem.parameter(name, value, "a value, or the parameter left out");
        }
        if (value.length() > LONGEST) {
            throw Problem.parameter(name, value, "at most " + LONGEST + " characters");
        }
        return value;
    }

    <T> @Nullable T value(String name, Function<String, T> reading) {
        @Nullable String text = text(name);
        return text == null ? null : read(name, text, reading);
    }

    /** Reads a parameter of the path. */
    static <T> T read(String name, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (Values.Unexpected e) {
            throw Problem.parameter(name, text, e.expected());
        }
    }

    @Nullable
    LocalDate date(String name) {
        return value(name, Values::date);
    }

    @Nullable
    Instant asOf() {
        return value("asOf", text -> Values.instant(plus(text)));
    }

    @Nullable
    Moment moment(String name) {
        return value(name, text -> Values.moment(plus(text)));
    }

    @Nullable
    Every every() {
        return value("every", Values::every);
    }

    /** A plus sign that nobody encoded arrives as a blank: no instant has a blank, so a plus was meant. */
    private static String plus(String instant) {
        return instant.replace(' ', '+');
    }

    /** How many items a page has. */
    int limit(int usual, int most) {
        return number("limit", usual, 1, most);
    }

    int number(String name, int usual, int least, int most) {
        @Nullable
        Integer number = value(name, text -> {
            if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Integer.valueOf(text);
            }
            throw new Values.Unexpected("a number from " + least + " to " + most, text);
        });
        return number == null ? usual : number;
    }

    /** One of a few words. */
    <T> @Nullable T choice(String name, Map<String, T> words) {
        return value(name, text -> {
            @Nullable T chosen = words.get(text);
            if (chosen == null) {
                throw new Values.Unexpected(String.join(", ", new TreeSet<>(words.keySet())), text);
            }
            return chosen;
        });
    }
}
