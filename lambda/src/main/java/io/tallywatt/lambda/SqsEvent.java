package io.tallywatt.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.aws.sqs.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a queue hands to a function, and what it is to be told. */
final class SqsEvent {
    private static final JsonFactory JSON = new JsonFactory();

    private SqsEvent() {}

    /** A message of the batch. */
    record Message(String id, String body) {}

    /** @throws IOException if it is no event of a queue */
    static List<Message> read(InputStream in) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (JsonTree one : JsonTree.read(in).get("Records").items()) {
            @Nullable String id = one.get("messageId").text();
            @Nullable String body = one.get("body").text();
            if (id == null || body == null) {
                throw new IOException("A record has no 'messageId' or no 'body'; expected an event of SQS");
            }
            messages.add(new Message(id, body));
        }
        return messages;
    }

    /** Names the messages that are to come again; the others are done. */
    static void answer(OutputStream out, Collection<String> failed) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("batchItemFailures");
            for (String id : failed) {
                json.writeStartObject();
                json.writeStringField("itemIdentifier", id);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
