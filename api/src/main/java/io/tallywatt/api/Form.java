package io.tallywatt.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Forms of an answer: asked for by {@code format=}, else by the header {@code Accept}. */
enum Form {
    JSON("application/json"),
    CSV("text/csv;charset=utf-8"),
    PNG("image/png"),
    SVG("image/svg+xml"),
    HTML("text/html;charset=utf-8"),
    PARQUET("application/vnd.apache.parquet"),
    EVENTS("text/event-stream");

    private final String type;

    Form(String type) {
        this.type = type;
    }

    MediaType type() {
        return MediaType.valueOf(type);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Which form is wanted.
     *
     * @param offered in order of preference
     */
    static Form chosen(Asked asked, Request request, Form... offered) {
        Map<String, Form> words = new TreeMap<>();
        for (Form form : offered) {
            words.put(form.word(), form);
        }
        if (PARQUET.word().equals(asked.text("format")) && !words.containsKey(PARQUET.word())) {
            throw Problem.of(
                    406,
                    "Not acceptable",
                    "Parquet is not answered here; expected format=" + String.join("|", words.keySet()));
        }
        @Nullable Form stated = asked.choice("format", words);
        if (stated != null) {
            return stated;
        }
        @Nullable
        Variant variant = request.selectVariant(Arrays.stream(offered)
                .map(f -> new Variant(f.type(), (Locale) null, null))
                .toList());
        if (variant == null) {
            throw Problem.of(
                    406,
                    "Not acceptable",
                    "This is answered as "
                            + Arrays.stream(offered)
                                    .map(f ->
                                            f.type().getType() + "/" + f.type().getSubtype())
                                    .collect(Collectors.joining(", "))
                            + ": name one in the header Accept"
                            + (words.containsKey(EVENTS.word())
                                    ? ""
                                    : ", or by format=" + String.join("|", words.keySet())));
        }
        for (Form form : offered) {
            if (form.type().equals(variant.getMediaType())) {
                return form;
            }
        }
        return offered[0];
    }
}
