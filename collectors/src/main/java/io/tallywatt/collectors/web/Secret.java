package io.tallywatt.collectors.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that no message, log or document may hold: a token, a password. */
public final class Secret {
    private static final String SHOWN = "(secret)";

    private final String value;
    private final Pattern anywhere;

    /** @param value without blanks around it, which files have at their ends */
    public Secret(String value) {
        this.value = value.strip();
        if (this.value.isEmpty()) {
            throw new IllegalArgumentException("A secret is not empty");
        }
        String quoted = String.join(
                "|", spellings(this.value).stream().map(Pattern::quote).toList());
        anywhere = Pattern.compile(quoted, Pattern.CASE_INSENSITIVE);
    }

    /** As a server may give it back: as it is, as it stands in an address, in XML or HTML, in JSON. */
    private static Set<String> spellings(String value) {
        Set<String> all = new LinkedHashSet<>();
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        all.add(value);
        all.add(form);
        all.add(form.replace("+", "%20"));
        String xml = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        all.add(xml);
        all.add(xml.replace("\"", "&quot;").replace("'", "&apos;"));
        all.add(xml.replace("\"", "&quot;").replace("'", "&#39;"));
        all.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        all.removeIf(String::isEmpty);
        return all;
    }

    /** The secret itself, for the one who must be told. */
    public String value() {
        return value;
    }

    /** As it stands in the query of an address. */
    public String inQuery() {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The text with every place in which it stands replaced, however it is capitalised or escaped there. */
    public String redact(String text) {
        return anywhere.matcher(text).replaceAll(Matcher.quoteReplacement(SHOWN));
    }

    /** The same for bytes of which every ASCII character is one: UTF-8, ISO-8859-1. Bytes without it are given back. */
    public byte[] redact(byte[] bytes) {
        if (value.chars().anyMatch(c -> c > 127)) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            String redacted = redact(text);
            return redacted.equals(text) ? bytes : redacted.getBytes(StandardCharsets.UTF_8);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String redacted = redact(text);
        return redacted.equals(text) ? bytes : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether a text holds it, in whatever spelling. */
    public boolean isIn(String text) {
        return anywhere.matcher(text).find();
    }

    @Override
    public String toString() {
        return SHOWN;
    }
}
