package io.tallywatt.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which kind of series an address is about, so that its answer can say where the data is from. */
final class Origins {
    private static final Pattern SERIES = Pattern.compile("/api/v1/series/([^/]+)/.*");
    private static final Pattern GRID = Pattern.compile("/api/v1/(flows|prices|live)(/.*)?");

    private Origins() {}

    static String kind(String path) {
        Matcher series = SERIES.matcher(path);
        if (series.matches()) {
            return series.group(1);
        }
        return GRID.matcher(path).matches() ? "border" : "meter";
    }
}
