package io.tallywatt.api;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredSeries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Finds the series that a request names. To be asked inside {@link Backend#ask}. */
@Singleton
class KnownSeries {
    private final Backend backend;

    @Inject
    KnownSeries(Backend backend) {
        this.backend = backend;
    }

    private static final Pattern ESCAPED = Pattern.compile("(?:[^~]|~[0-9A-Fa-f]{2})+");

    /** Looks at a name that is part of a path, whose parts are parameters of their own there. */
    static void checkInPath(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw Problem.parameter("series", name, "a series such as meter/EE00011/consumption");
        }
        checkEscaped("key", parts[1]);
        if (parts.length == 4) {
            checkEscaped("channel", parts[3]);
        }
    }

    private static void checkEscaped(String parameter, String part) {
        if (!ESCAPED.matcher(part).matches()) {
            throw Problem.parameter(parameter, part, "two hex digits after each '~'");
        }
    }

    /**
     * Finds a series.
     *
     * @param parameter that names it, for the problem if there is none
     */
    StoredSeries find(String parameter, String name) {
        Series series;
        try {
            series = Series.parse(name);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(parameter, name, "a series such as meter/EE00011/consumption");
        }
        return backend.blocks()
                .find(series)
                .orElseThrow(() -> Problem.notFound(
                        "There is no series '" + Problem.shortened(name) + "'; /api/v1/series lists those there are"));
    }
}
