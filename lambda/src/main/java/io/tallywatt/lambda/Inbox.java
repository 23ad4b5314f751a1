package io.tallywatt.lambda;

import io.tallywatt.aws.Scratch;
import io.tallywatt.aws.s3.ObjectPlace;
import io.tallywatt.aws.s3.S3Document;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.ingest.Splitting;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.packing.Documents;
import io.tallywatt.packing.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in the objects of the inbox: whatever they are packed in, and however big they are. */
final class Inbox {
    private static final String FOLDER = "inbox/";
    /** What is read in one go is held in memory: about six bytes for one. */
    private static final long LARGEST = 128L << 20;
    /** So much is surely less than that unpacked, and need not be read once more to find out. */
    private static final long SMALL_PACKED = 512L << 10;

    private final Parts parts;
    private final Ingest ingest;
    private final BigFiles bigFiles;

    Inbox(Parts parts) {
        this.parts = parts;
        // The queue is what tries again later; here it is tried at once.
        this.ingest = new Ingest(parts.store(), parts.store(), parts.deadLetters(), number -> {});
        this.bigFiles = new BigFiles(parts);
    }

    /** Whether nothing is left to do about an object. */
    boolean take(ObjectPlace place) throws IOException {
        String name = place.key().startsWith(FOLDER) ? place.key().substring(FOLDER.length()) : place.key();
        Optional<S3Document> found = S3Document.find(parts.s3(), place, name);
        if (found.isEmpty()) {
            LogLine.info("There is no such object any more")
                    .with("object", place.toString())
                    .write();
            return true;
        }
        S3Document object = found.get();
        if (object.packedSize() == 0 && place.key().endsWith("/")) {
            LogLine.info("A folder's mark is no file")
                    .with("object", place.toString())
                    .write();
            return true;
        }
        Packing packing = packing(object);
        return switch (packing) {
            case PLAIN -> take(place, object, object);
            case GZ, ZST -> take(place, Documents.unpacked(object, packing), null);
            case ZIP -> takeEntries(place, object);
        };
    }

    private static Packing packing(S3Document object) throws IOException {
        if (object.packedSize() < Integer.BYTES) {
            return Packing.PLAIN;
        }
        try (InputStream in = object.range(0, Integer.BYTES).open()) {
            return Packing.of(in.readAllBytes());
        }
    }

    /** An archive has its directory at its end: it has to lie in a file. */
    private boolean takeEntries(ObjectPlace place, S3Document object) throws IOException {
        Path file = Scratch.file("archive", ".zip");
        try {
            try (InputStream in = object.open()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            boolean done = true;
            try (Documents documents = Documents.of(object.name(), file, object.receivedAt())) {
                for (Document document : documents.list()) {
                    done &= take(place, document, null);
                }
            }
            return done;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** @param object in which the document lies as it is, null if it is packed */
    private boolean take(ObjectPlace place, Document document, @Nullable S3Document object) throws IOException {
        @Nullable Outcome outcome;
        try {
            outcome = isSmall(document) ? ingest.take(document, parts.options(), Progress.NONE) : big(document, object);
        } catch (UnreadableDocument e) {
            if (e.reason() == Reason.IO) {
                throw new IOException(e.getMessage(), e);
            }
            outcome = ingest.refuse(document, e.reason(), String.valueOf(e.getMessage()));
        }
        if (outcome == null) {
            LogLine.info("cut into parts").with("object", place.toString()).write();
            return true;
        }
        line(outcome).with("object", place.toString()).write();
        return !(outcome instanceof Outcome.Refused);
    }

    private boolean isSmall(Document document) {
        long size = document.unpackedSize();
        return size < 0 ? document.packedSize() <= Math.min(SMALL_PACKED, parts.partSize()) : size <= parts.partSize();
    }

    /** Null if it is on its way, part by part. */
    private @Nullable Outcome big(Document document, @Nullable S3Document object) throws IOException {
        Splitting splitting = Splitting.of(document, parts.options(), parts.partSize());
        if (splitting.parts().size() == 1) {
            if (splitting.whole().bytes() > LARGEST) {
                throw new UnreadableDocument(
                        Reason.UNKNOWN_FORMAT,
                        "'" + document.name() + "' is JSON of "
                                + (splitting.whole().bytes() >> 20)
                                + " MB; expected at most " + (LARGEST >> 20)
                                + " MB, since it can only be read in one go: send it as CSV, or as several files");
            }
            return ingest.take(document, parts.options(), Progress.NONE);
        }
        Optional<Delivery> before = bigFiles.send(document, object, splitting);
        return before.map(delivery -> new Outcome.Known(document.name(), delivery))
                .orElse(null);
    }

    private static LogLine line(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken taken ->
                LogLine.info("taken")
                        .with("delivery", taken.delivery().id())
                        .with("readings", taken.delivery().counts().readings())
                        .with("rejected", taken.delivery().counts().rejected());
            case Outcome.Known known ->
                LogLine.info("known").with("delivery", known.delivery().id());
            case Outcome.Quarantined quarantined ->
                LogLine.error("quarantined")
                        .with("delivery", quarantined.delivery().id())
                        .with("reason", quarantined.reason());
            case Outcome.Refused refused -> LogLine.error("refused").with("reason", refused.reason());
        };
    }
}
