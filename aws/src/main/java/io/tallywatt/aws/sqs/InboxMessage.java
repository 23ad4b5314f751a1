package io.tallywatt.aws.sqs;

import io.tallywatt.aws.s3.ObjectPlace;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the inbox queue's messages say: that objects were created. Source of the form: the S3 user guide, "Event message structure". */
public final class InboxMessage {
    private InboxMessage() {}

    /** A message that says nothing that we know. */
    public static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    /**
     * The objects that a message says were created, in its order. None where it is the test that S3 sends when notifications are set
     * up, or tells of something else than a creation.
     *
     * @throws Unknown that says what was expected
     */
    public static List<ObjectPlace> created(String body) throws Unknown {
        JsonTree message;
        try {
            message = JsonTree.read(body);
        } catch (IOException e) {
            throw new Unknown("The message is no JSON; expected a notification of S3");
        }
        if ("s3:TestEvent".equals(message.get("Event").text())) {
            return List.of();
        }
        if (!message.get("Records").isArray()) {
            throw new Unknown("The message has no 'Records'; expected a notification of S3");
        }
        List<ObjectPlace> places = new ArrayList<>();
        for (JsonTree one : message.get("Records").items()) {
            @Nullable String event = one.get("eventName").text();
            if (event == null) {
                throw new Unknown("A record has no 'eventName'; expected a notification of S3");
            }
            if (event.startsWith("ObjectCreated:")) {
                places.add(place(one.get("s3")));
            }
        }
        return places;
    }

    private static ObjectPlace place(JsonTree s3) throws Unknown {
        @Nullable String bucket = s3.get("bucket").get("name").text();
        @Nullable String key = s3.get("object").get("key").text();
        if (bucket == null || key == null) {
            throw new Unknown("A record names no 's3.bucket.name' or no 's3.object.key'");
        }
        try {
            String decoded = URLDecoder.decode(key, StandardCharsets.UTF_8);
            return new ObjectPlace(
                    bucket, decoded, s3.get("object").get("versionId").text());
        } catch (IllegalArgumentException e) {
            throw new Unknown("The key '" + key + "' is not URL-encoded as those in notifications of S3 are");
        }
    }
}
