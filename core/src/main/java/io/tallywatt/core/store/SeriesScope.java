package io.tallywatt.core.store;

import io.tallywatt.core.reading.Series;

/**
 * The series that a beginning of names stands for, never one whose name only begins the same: {@code site/site1} is all
 * of that site and nothing of {@code site/site10}.
 *
 * @param text the name of one series, or what the names of all begin with: nothing, or something that ends with '/'
 * @param one whether it is the name of one series
 */
public record SeriesScope(String text, boolean one) {
    /** How many slashes the name of a series has at least. */
    private static final int SLASHES = 2;

    /**
     * Reads a beginning: empty for all series, a kind or a thing with or without its '/' at the end, or the name of one
     * series. A text that ends with '/' is taken as it is.
     */
    public static SeriesScope of(String prefix) {
        if (prefix.isEmpty() || prefix.endsWith("/")) {
            return new SeriesScope(prefix, false);
        }
        boolean one = prefix.chars().filter(c -> c == '/').count() >= SLASHES;
        return new SeriesScope(one ? prefix : prefix + "/", one);
    }

    public boolean includes(Series series) {
        return one ? series.toString().equals(text) : series.toString().startsWith(text);
    }
}
