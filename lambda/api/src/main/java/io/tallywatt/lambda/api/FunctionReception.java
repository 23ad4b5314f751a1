package io.tallywatt.lambda.api;

import io.tallywatt.api.Desk;
import io.tallywatt.api.Push;
import io.tallywatt.api.Reception;
import io.tallywatt.api.wire.Dealt;
import io.tallywatt.aws.Scratch;
import io.tallywatt.aws.table.Lease;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.ingest.Salted;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.lambda.Parts;
import io.tallywatt.packing.Documents;
import io.tallywatt.packing.Packing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes small files and pushes at once, and gives addresses for large files. */
final class FunctionReception implements Reception {
    /**
     * Lambda takes events of 6 MB, in which a body that is no text is a third larger; a limit below that is one that we can say
     * something about.
     */
    static final int LARGEST = 4 << 20;

    /** What is read in one go is held in memory: about six bytes for one. */
    private static final long LARGEST_UNPACKED = 32L << 20;

    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** A function that dies with it keeps others of the same key out for so long. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Parts parts;
    private final Uploads uploads;
    private final Ingest ingest;
    private final Desk desk;

    FunctionReception(Parts parts, Uploads uploads) {
        this.parts = parts;
        this.uploads = uploads;
        this.ingest = new Ingest(
                parts.store(),
                parts.store(),
                parts.deadLetters(),
                attempt -> Thread.sleep(PAUSE.multipliedBy(attempt)));
        this.desk = new Desk(ingest, parts.store());
    }

    @Override
    public ReadingOptions defaults() {
        return parts.options();
    }

    @Override
    public List<Dealt> file(String name, InputStream body, long announced, ReadingOptions options) throws IOException {
        BytesDocument packed = new BytesDocument(name, whole(body, announced), now());
        Packing packing = Packing.of(packed.bytes());
        return packing == Packing.ZIP
                ? entries(packed, options)
                : List.of(taken(Documents.unpacked(packed, packing), options));
    }

    /** An archive has to lie in a file. */
    private List<Dealt> entries(BytesDocument packed, ReadingOptions options) throws IOException {
        Scratch.clear();
        Path file = Scratch.file("archive", ".zip");
        try {
            Files.write(file, packed.bytes());
            List<Dealt> all = new ArrayList<>();
            try (Documents documents = Documents.of(packed.name(), file, packed.receivedAt())) {
                for (Document document : documents.list()) {
                    all.add(taken(document, options));
                }
            }
            return all;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What unpacks to more than is taken in one go is for the inbox, which takes it in by parts. */
    private Dealt taken(Document document, ReadingOptions options) throws IOException {
        if (document.unpackedSize() < 0 && isLargeUnpacked(document)) {
            throw new TooLarge("'" + document.name() + "' unpacks to more than " + (LARGEST_UNPACKED >> 20)
                    + " MB; ask for an address by POST /api/v1/uploads?name=NAME and send the file there");
        }
        return desk.take(document, options);
    }

    private static boolean isLargeUnpacked(Document document) throws IOException {
        try (InputStream in = document.open()) {
            in.skipNBytes(LARGEST_UNPACKED);
            return in.read() >= 0;
        } catch (EOFException e) {
            return false;
        } catch (UnreadableDocument e) {
            // That will be said when it is read.
            return false;
        }
    }

    @Override
    public Pushed readings(
            String source, @Nullable String key, InputStream body, long announced, ReadingOptions options)
            throws IOException {
        Push push = new Push(source, key);
        Document document = new Salted(new BytesDocument(push.name(), whole(body, announced), now()), push.salt());
        if (key == null) {
            return desk.take(push, document, options);
        }
        // Whether a key was used before is asked first and acted upon then: another must not do so in between.
        try (Lease _ = lease(push)) {
            return desk.take(push, document, options);
        }
    }

    private Lease lease(Push push) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Lease> lease = Lease.tryTake(parts.dynamoDb(), parts.table(), "push " + push.name(), LEASE);
            if (lease.isPresent()) {
                return lease.get();
            }
            try {
                Thread.sleep(PAUSE.multipliedBy(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new StoreException(
                StoreException.Kind.BUSY,
                "Readings under the key '" + push.key() + "' are just being taken in; try again in a moment");
    }

    @Override
    public Optional<Dealt> retry(Delivery delivery, ReadingOptions options) {
        Optional<Document> kept = parts.deadLetters().find(delivery.id());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Outcome outcome = ingest.takeAgain(kept.get(), options, Progress.NONE);
        boolean replaced = outcome instanceof Outcome.Taken && delivery.state() == DeliveryState.TAKEN;
        return Optional.of(new Dealt(outcome, replaced, desk.rejects(outcome)));
    }

    @Override
    public Delivery withdraw(Delivery delivery) {
        return parts.store().withdraw(delivery.id());
    }

    @Override
    public Optional<Uploads> uploads() {
        return Optional.of(uploads);
    }

    private Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static byte[] whole(InputStream body, long announced) throws IOException {
        byte[] bytes = announced > LARGEST ? new byte[0] : body.readNBytes(LARGEST + 1);
        if (announced > LARGEST || bytes.length > LARGEST) {
            throw new TooLarge("A request carries at most " + (LARGEST >> 20)
                    + " MB here; ask for an address by POST /api/v1/uploads?name=NAME and send the file there");
        }
        return bytes;
    }
}
