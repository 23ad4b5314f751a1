package io.tallywatt.server.inbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.tallywatt.api.wire.RejectShape;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.store.Counts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a file that was not taken, or not whole: JSON, for people and programs.
 *
 * @param name what the document is called in the ledger
 * @param delivery its id there, null where it never came so far
 * @param reason what was found and what was expected
 * @param tries when it was tried, the last one last; one that failed says why
 * @param counts null where nothing was read
 * @param rejects the first of the rows that were not taken
 * @param entries of an archive, those that were not taken whole
 */
record Report(
        String name,
        @Nullable Long delivery,
        Why why,
        String reason,
        Instant receivedAt,
        List<Try> tries,
        @Nullable Counts counts,
        List<Reject> rejects,
        List<Entry> entries) {
    static final String END = ".report.json";
    /** How many rejects are shown. */
    static final int FIRST = 100;

    private static final String OURS = "tallywatt inbox";
    private static final byte[] BEGIN = ("{\n  \"report\" : \"" + OURS + "\"").getBytes(StandardCharsets.UTF_8);
    private static final JsonFactory JSON = new JsonFactory();

    record Try(Instant at, @Nullable String reason) {}

    /** One document of an archive. */
    record Entry(
            String name,
            @Nullable Long delivery,
            String code,
            String reason,
            @Nullable Counts counts,
            List<Reject> rejects) {}

    /** Without tries and all else that only some have. */
    static Report of(String name, @Nullable Long delivery, Why why, String reason, Instant receivedAt) {
        return new Report(name, delivery, why, reason, receivedAt, List.of(), null, List.of(), List.of());
    }

    Report with(Counts others, List<Reject> first) {
        return new Report(name, delivery, why, reason, receivedAt, tries, others, first, entries);
    }

    Report with(List<Try> others) {
        return new Report(name, delivery, why, reason, receivedAt, others, counts, rejects, entries);
    }

    void write(Path target) throws IOException {
        // Always the same name: what a kill left half written is written over when the file is filed again. And a short
        // one:
        // the report's own may be as long as the system takes.
        String number = Integer.toHexString(target.getFileName().toString().hashCode());
        Path next = target.resolveSibling(".report-" + number + ".tmp");
        try {
            try (JsonGenerator json = JSON.createGenerator(Files.newOutputStream(next))) {
                json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
                write(json);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("report", OURS);
        json.writeStringField("name", name);
        delivery(json, delivery);
        json.writeStringField("code", why.code());
        json.writeStringField("reason", reason);
        json.writeStringField("next", why.next(delivery));
        json.writeStringField("receivedAt", receivedAt.toString());
        json.writeArrayFieldStart("tries");
        for (Try each : tries) {
            json.writeStartObject();
            json.writeStringField("at", each.at().toString());
            json.writeStringField("reason", each.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        counts(json, counts);
        rejects(json, rejects);
        if (!entries.isEmpty()) {
            json.writeArrayFieldStart("entries");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                delivery(json, entry.delivery());
                json.writeStringField("code", entry.code());
                json.writeStringField("reason", entry.reason());
                counts(json, entry.counts());
                rejects(json, entry.rejects());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static void delivery(JsonGenerator json, @Nullable Long id) throws IOException {
        if (id == null) {
            json.writeNullField("delivery");
        } else {
            json.writeNumberField("delivery", id);
        }
    }

    private static void counts(JsonGenerator json, @Nullable Counts counts) throws IOException {
        if (counts != null) {
            json.writeNumberField("rows", counts.rows());
            json.writeNumberField("rejected", counts.rejected());
            json.writeNumberField("readings", counts.readings());
        }
    }

    private static void rejects(JsonGenerator json, List<Reject> rejects) throws IOException {
        json.writeArrayFieldStart("rejects");
        for (Reject reject : rejects) {
            RejectShape.write(json, reject);
        }
        json.writeEndArray();
    }

    /** Whether bytes are a report that we wrote. */
    static boolean isOurs(byte[] bytes) {
        return bytes.length >= BEGIN.length && Arrays.equals(bytes, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    static boolean isOurs(Path path) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var in = Files.newInputStream(path)) {
            return isOurs(in.readNBytes(BEGIN.length));
        } catch (IOException e) {
            return false;
        }
    }

    /** What a report says of the past: whose it is and what was tried. */
    record Past(@Nullable Long delivery, List<Try> tries) {
        static final Past NONE = new Past(null, List.of());
    }

    /** Empty where there is no report of ours. */
    static Optional<Past> past(Path path) {
        if (!isOurs(path)) {
            return Optional.empty();
        }
        @Nullable Long delivery = null;
        List<Try> tries = new ArrayList<>();
        try (JsonParser json = JSON.createParser(path.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("delivery") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    delivery = json.getLongValue();
                } else if (field.equals("tries") && json.currentToken() == JsonToken.START_ARRAY) {
                    tries(json, tries);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException | DateTimeException e) {
            // Somebody wrote in it: what was read until there is what we know.
        }
        return Optional.of(new Past(delivery, tries));
    }

    private static void tries(JsonParser json, List<Try> tries) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            @Nullable Instant at = null;
            @Nullable String reason = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "at" -> at = Instant.parse(json.getText());
                    case "reason" -> reason = json.getValueAsString();
                    default -> json.skipChildren();
                }
            }
            if (at != null) {
                tries.add(new Try(at, reason));
            }
        }
    }
}
