package io.tallywatt.api.live;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.store.SeriesScope;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The series that somebody listens to.
 *
 * @param prefixes how their names begin, as of {@link SeriesScope#of}
 */
public record LiveFilter(List<String> prefixes) {
    /** Flows and prices. */
    public static final LiveFilter USUAL = new LiveFilter(List.of("border/", "zone/"));

    private static final Pattern BEGINNING = Pattern.compile("[a-z][a-z0-9-]*(?:/(?:[^~/]|~[0-9A-Fa-f]{2})+){0,3}/?");
    private static final String METER = "meter/";

    public LiveFilter {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * Reads the beginning of names. Of meters there may be millions, which nobody can listen to: one has to be named.
     *
     * @throws Values.Unexpected if it is none
     */
    public static LiveFilter parse(String text) {
        if (!BEGINNING.matcher(text).matches()) {
            throw new Values.Unexpected("how names of series begin, such as border/FR-GB or site/", text);
        }
        SeriesScope scope = SeriesScope.of(text);
        if (scope.text().equals(METER)) {
            throw new Values.Unexpected("a meter by its name, such as meter/EE00011; all of them are too many", text);
        }
        return new LiveFilter(List.of(scope.text()));
    }
}
