package io.tallywatt.lambda;

import io.tallywatt.aws.s3.ObjectPlace;
import io.tallywatt.aws.s3.S3Document;
import io.tallywatt.aws.sqs.PartMessage;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.PartIntake;
import io.tallywatt.core.ingest.Splitting;
import io.tallywatt.core.ingest.Splitting.Part;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.PartStore.Begun;
import io.tallywatt.core.store.Taken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Files too big for one run: cut into parts, each a message of its own, and taken in part by part. Who cuts sends all messages by
 * itself: Lambda stops a function that keeps calling itself by a queue. Cut again, a file has the same parts; taken again, a part
 * counts once.
 */
final class BigFiles {
    private static final String PARTS = "parts/";

    private final Parts parts;

    BigFiles(Parts parts) {
        this.parts = parts;
    }

    /**
     * Sends a message for each part.
     *
     * @param document that was cut
     * @param object in which its bytes lie as they are; null if they have to be laid down, part by part, since they came packed
     * @return the delivery if the document was taken before, so that there is nothing to do
     */
    Optional<Delivery> send(Document document, @Nullable S3Document object, Splitting splitting) throws IOException {
        return switch (parts.store().begin(splitting.whole())) {
            case Begun.Known known -> Optional.of(known.delivery());
            case Begun.Open open -> {
                send(open.take(), document, object, splitting);
                yield Optional.empty();
            }
        };
    }

    private void send(String take, Document document, @Nullable S3Document object, Splitting splitting)
            throws IOException {
        Places places = object == null ? laidDown(document, splitting) : Places.in(object, splitting);
        List<String> messages = new ArrayList<>();
        for (Part part : splitting.parts()) {
            messages.add(new PartMessage(
                            take,
                            document.name(),
                            document.receivedAt(),
                            splitting.whole().settings(),
                            splitting.dateOrder() == null
                                    ? null
                                    : splitting.dateOrder().name(),
                            part.number(),
                            part.firstLine(),
                            places.head(),
                            places.bodies().get(part.number()))
                    .json());
        }
        parts.queue().sendAll(messages);
    }

    /** Where the bytes of the parts are. */
    private record Places(PartMessage.Bytes head, List<PartMessage.Bytes> bodies) {
        static Places in(S3Document object, Splitting splitting) {
            List<PartMessage.Bytes> bodies = new ArrayList<>();
            for (Part part : splitting.parts()) {
                bodies.add(new PartMessage.Bytes(object.place(), object.etag(), part.from(), part.to()));
            }
            return new Places(new PartMessage.Bytes(object.place(), object.etag(), 0, Head.SIZE), bodies);
        }
    }

    /** Unpacks a document into objects, one for each part; the bucket lets go of them after some days. */
    private Places laidDown(Document document, Splitting splitting) throws IOException {
        String folder = PARTS + splitting.whole().digest() + "/";
        PartMessage.Bytes head;
        try (InputStream in = document.open()) {
            head = put(folder + "head", in.readNBytes(Head.SIZE));
        }
        List<PartMessage.Bytes> bodies = new ArrayList<>();
        try (InputStream in = document.open()) {
            in.skipNBytes(splitting.parts().getFirst().from());
            for (Part part : splitting.parts()) {
                byte[] bytes = in.readNBytes(Math.toIntExact(part.size()));
                if (bytes.length < part.size()) {
                    throw new EOFException("'" + document.name() + "' has become shorter since it was cut");
                }
                bodies.add(put(folder + part.number(), bytes));
            }
        }
        return new Places(head, bodies);
    }

    private PartMessage.Bytes put(String key, byte[] bytes) throws IOException {
        try {
            String etag = parts.s3()
                    .putObject(p -> p.bucket(parts.bucket()).key(key), RequestBody.fromBytes(bytes))
                    .eTag();
            return new PartMessage.Bytes(new ObjectPlace(parts.bucket(), key, null), etag, 0, bytes.length);
        } catch (SdkException e) {
            throw new IOException("The bucket did not take a part: " + e.getMessage(), e);
        }
    }

    /**
     * Takes a part.
     *
     * @return what came of the document, if no part of it is missing any more
     * @throws IOException if its bytes are not there, or cannot be read just now
     */
    Optional<Taken> take(PartMessage message) throws IOException {
        byte[] head;
        try (InputStream in = bytes(message, message.head()).open()) {
            head = in.readAllBytes();
        }
        PartMessage.Bytes body = message.body();
        Part part = new Part(message.number(), body.from(), body.to(), message.firstLine());
        @Nullable DateOrder order = message.dateOrder() == null ? null : DateOrder.valueOf(message.dateOrder());
        try (PartIntake intake =
                PartIntake.of(head, bytes(message, body), part, parts.options(), order, message.settings())) {
            return parts.store().part(message.take(), message.number(), intake);
        }
    }

    private Document bytes(PartMessage message, PartMessage.Bytes bytes) throws IOException {
        S3Client s3 = parts.s3();
        S3Document object = S3Document.find(s3, bytes.place(), message.name())
                .orElseThrow(() -> new IOException(bytes.place() + " is not there any more"));
        if (!object.etag().equals(bytes.etag())) {
            throw new IOException(bytes.place() + " was replaced after it was cut into parts");
        }
        return object.receivedAt(message.receivedAt()).range(bytes.from(), bytes.to());
    }
}
