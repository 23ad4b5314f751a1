package io.tallywatt.aws.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.aws.s3.ObjectPlace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a part of a big document waits to be taken in: all that it takes to read it as it would be read in the whole.
 *
 * @param take what the parts are handed in under
 * @param name of the whole document
 * @param settings by which the whole is read
 * @param dateOrder what the whole tells of its dates, null if nothing
 * @param number of the part, from 0
 * @param firstLine of it, in the whole document
 * @param head where the first bytes of the whole document are
 * @param body where its own bytes are
 */
public record PartMessage(
        String take,
        String name,
        Instant receivedAt,
        String settings,
        @Nullable String dateOrder,
        int number,
        long firstLine,
        Bytes head,
        Bytes body) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String KIND = "tallywatt";
    private static final String PART = "part";

    /**
     * Some bytes of an object.
     *
     * @param etag of the object that is meant, should another have come in its place
     * @param to exclusive
     */
    public record Bytes(ObjectPlace place, String etag, long from, long to) {}

    /** Reads a message; empty if it is of another kind. */
    public static Optional<PartMessage> read(String body) throws InboxMessage.Unknown {
        try {
            JsonTree message = JsonTree.read(body);
            if (!PART.equals(message.get(KIND).text())) {
                return Optional.empty();
            }
            return Optional.of(new PartMessage(
                    text(message, "take"),
                    text(message, "name"),
                    Instant.parse(text(message, "receivedAt")),
                    text(message, "settings"),
                    message.get("dateOrder").text(),
                    Integer.parseInt(text(message, "number")),
                    Long.parseLong(text(message, "firstLine")),
                    bytes(message.get("head")),
                    bytes(message.get("body"))));
        } catch (IOException e) {
            // Whoever knows the other kinds will say what is wrong with it.
            return Optional.empty();
        } catch (NumberFormatException | DateTimeException e) {
            throw new InboxMessage.Unknown("The message of a part cannot be read: " + e.getMessage());
        }
    }

    private static Bytes bytes(JsonTree json) throws InboxMessage.Unknown {
        return new Bytes(
                new ObjectPlace(
                        text(json, "bucket"),
                        text(json, "key"),
                        json.get("version").text()),
                text(json, "etag"),
                Long.parseLong(text(json, "from")),
                Long.parseLong(text(json, "to")));
    }

    private static String text(JsonTree json, String name) throws InboxMessage.Unknown {
        @Nullable String text = json.get(name).text();
        if (text == null) {
            throw new InboxMessage.Unknown("The message of a part has no '" + name + "'");
        }
        return text;
    }

    /** As it is read. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(KIND, PART);
            json.writeStringField("take", take);
            json.writeStringField("name", name);
            json.writeStringField("receivedAt", receivedAt.toString());
            json.writeStringField("settings", settings);
            json.writeStringField("dateOrder", dateOrder);
            json.writeNumberField("number", number);
            json.writeNumberField("firstLine", firstLine);
            write(json, "head", head);
            write(json, "body", body);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, Bytes bytes) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("bucket", bytes.place().bucket());
        json.writeStringField("key", bytes.place().key());
        json.writeStringField("version", bytes.place().version());
        json.writeStringField("etag", bytes.etag());
        json.writeNumberField("from", bytes.from());
        json.writeNumberField("to", bytes.to());
        json.writeEndObject();
    }
}
