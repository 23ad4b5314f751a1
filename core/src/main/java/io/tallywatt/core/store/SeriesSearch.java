package io.tallywatt.core.store;

/**
 * Which series are asked for. They come by name, so that the last name of one answer is where the next begins.
 *
 * @param prefix how the name begins, empty for any
 * @param part what the name contains, in whatever case, empty for any
 * @param after only names after this one, empty for all
 * @param limit at most so many
 */
public record SeriesSearch(String prefix, String part, String after, long limit) {
    public SeriesSearch {
        if (limit < 1) {
            throw new IllegalArgumentException("Expected a limit of at least 1, but got " + limit);
        }
    }

    public static SeriesSearch startingWith(String prefix) {
        return new SeriesSearch(prefix, "", "", Long.MAX_VALUE);
    }
}
