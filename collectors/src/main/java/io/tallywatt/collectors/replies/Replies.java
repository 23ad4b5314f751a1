package io.tallywatt.collectors.replies;

import io.tallywatt.core.source.Question;
import io.tallywatt.core.time.Interval;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replies to one question, one after the other, below a head of lines {@code key: value}; a reply is announced by a line
 * {@code part: BYTES LABEL}.
 *
 * @param source short name of who answered
 * @param fetchedAt when the last of them came
 * @param facts what is needed to read them beside themselves, such as the zone of the days: as it was when they came, so
 *     that they are read the same way ever after
 */
public record Replies(
        String source, Question question, Instant fetchedAt, Map<String, String> facts, List<Part> parts) {
    static final String MAGIC = "tallywatt-replies 1\n";
    private static final String PART = "part";

    /** @param label what of the question it answers; never holds a secret */
    public record Part(String label, byte[] body) {}

    public Replies {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        parts = List.copyOf(parts);
    }

    /** As a document. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, MAGIC);
        write(out, "source: " + source + "\n");
        write(out, "question: " + question.what() + "\n");
        write(out, "from: " + question.window().start() + "\n");
        write(out, "to: " + question.window().end() + "\n");
        write(out, "fetched: " + fetchedAt + "\n");
        facts.forEach((key, value) -> write(out, "fact: " + line(key) + "=" + line(value) + "\n"));
        for (Part part : parts) {
            write(out, PART + ": " + part.body().length + " " + line(part.label()) + "\n");
            out.writeBytes(part.body());
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static String line(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A line of the head has no line break, but got '" + text + "'");
        }
        return text;
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a document, or the head of one.
     *
     * @param whole whether the bytes are all there is; of a head the parts are left out
     * @return null if it is no such document
     * @throws IllegalArgumentException if it is one, and damaged
     */
    static @Nullable Replies parse(byte[] bytes, int length, boolean whole) {
        byte[] magic = MAGIC.getBytes(StandardCharsets.UTF_8);
        if (length < magic.length || !java.util.Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length)) {
            return null;
        }
        Map<String, String> head = new LinkedHashMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>();
        int at = magic.length;
        while (at < length) {
            int end = at;
            while (end < length && bytes[end] != '\n') {
                end++;
            }
            String text = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            int colon = text.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException("Expected a line 'key: value' in the head, but got '" + text + "'");
            }
            String key = text.substring(0, colon);
            String value = text.substring(colon + 2);
            at = Math.min(end + 1, length);
            if (key.equals("fact")) {
                int equals = value.indexOf('=');
                facts.put(value.substring(0, Math.max(0, equals)), value.substring(equals + 1));
            } else if (!key.equals(PART)) {
                head.put(key, value);
            } else if (!whole) {
                break;
            } else {
                int blank = value.indexOf(' ');
                int size = Integer.parseInt(value.substring(0, Math.max(0, blank)));
                if (size < 0 || size > length - at) {
                    throw new IllegalArgumentException("The document ends before its part '"
                            + value.substring(blank + 1) + "' does: expected " + size + " bytes, but there are "
                            + (length - at));
                }
                parts.add(new Part(value.substring(blank + 1), java.util.Arrays.copyOfRange(bytes, at, at + size)));
                at += size + 1;
            }
        }
        try {
            return new Replies(
                    need(head, "source"),
                    new Question(
                            need(head, "question"),
                            new Interval(Instant.parse(need(head, "from")), Instant.parse(need(head, "to")))),
                    Instant.parse(need(head, "fetched")),
                    facts,
                    parts);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The head has no time where one is expected: " + e.getMessage(), e);
        }
    }

    private static String need(Map<String, String> head, String key) {
        @Nullable String value = head.get(key);
        if (value == null) {
            throw new IllegalArgumentException("The head has no line '" + key + "'");
        }
        return value;
    }
}
