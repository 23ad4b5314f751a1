package io.tallywatt.server.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms in which answers can be had. */
enum Format {
    TEXT,
    JSON,
    CSV,
    PNG,
    SVG,
    HTML,
    PARQUET;

    static Format of(String text, Format... there) {
        for (Format format : there) {
            if (format.word().equals(text)) {
                return format;
            }
        }
        String words = Arrays.stream(there).map(Format::word).collect(Collectors.joining(" or "));
        throw Stop.usage("Invalid value for option '--format': expected " + words + ", but got '" + text + "'");
    }

    /** For a form that {@link #of} did not let through. */
    IllegalStateException unoffered() {
        return new IllegalStateException("Nobody offers " + word() + " here");
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
