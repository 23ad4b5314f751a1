package io.tallywatt.core.format.text;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of series as rows write them, {@code meter/EE1/consumption}. Rows give energy: flows and prices have other units
 * and other rules. Belongs to one thread.
 */
final class SeriesText {
    private static final Set<String> KINDS = Set.of("meter", "home", "site");
    private static final Set<String> QUANTITIES = Set.of("consumption", "generation");
    private static final String EXPECTED = "expected such as meter/EE1/consumption";
    private static final int REMEMBERED = 10_000;

    private final SeriesIds ids;
    private final Map<String, Name> names = new HashMap<>();
    /** The name met last: rows of one series stand together mostly. */
    private byte[] lastBytes = {};

    private Name last = new Name(null, " is empty; " + EXPECTED);

    /** A name that was looked at: a series, or what is wrong with it. */
    private static final class Name {
        final @Nullable Series series;
        final @Nullable String problem;
        int id = -1;

        Name(@Nullable Series series, @Nullable String problem) {
            this.series = series;
            this.problem = problem;
        }
    }

    SeriesText(SeriesIds ids) {
        this.ids = ids;
    }

    /** What is wrong with a name, to be said behind it; null if it is a series of energy. Nothing is added to the ids. */
    @Nullable
    String problem(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, lastBytes, 0, lastBytes.length)) {
            lastBytes = Arrays.copyOfRange(bytes, from, to);
            if (names.size() > REMEMBERED) {
                names.clear();
            }
            last = names.computeIfAbsent(Printable.decode(bytes, from, to), SeriesText::name);
        }
        return last.problem;
    }

    /** The id of the name last asked about, which had no problem. */
    int id() {
        if (last.id < 0) {
            last.id = ids.id(Objects.requireNonNull(last.series));
        }
        return last.id;
    }

    private static Name name(String text) {
        Series series;
        try {
            series = Series.parse(text);
        } catch (IllegalArgumentException e) {
            return new Name(null, " is not a series; " + EXPECTED);
        }
        return new Name(series, problem(series));
    }

    private static @Nullable String problem(Series series) {
        if (!KINDS.contains(series.kind()) || !QUANTITIES.contains(series.quantity())) {
            return " is not energy that readings can be given for;"
                    + " expected consumption or generation (kWh) of a meter, home or site";
        }
        boolean plain = (series.key() + Objects.requireNonNullElse(series.channel(), ""))
                .chars()
                .noneMatch(Character::isISOControl);
        return plain ? null : " holds control characters; " + EXPECTED;
    }

    /** @throws UnreadableDocument if an option names a series that rows cannot give */
    static Series accepted(Series option) {
        @Nullable String problem = problem(option);
        if (problem != null) {
            throw new UnreadableDocument(Reason.OPTION, "The series '" + option + "'" + problem);
        }
        return option;
    }
}
