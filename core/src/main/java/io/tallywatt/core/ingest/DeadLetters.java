package io.tallywatt.core.ingest;

import java.io.IOException;
import java.util.Optional;

/** Where the bytes of unreadable documents are kept until somebody retries them. */
public interface DeadLetters {
    /** Keeps a document's bytes under a delivery's id; keeping the same again changes nothing. */
    void keep(long delivery, Document document) throws IOException;

    /** What was kept. */
    Optional<Document> find(long delivery);

    /** Lets go of what was kept; nothing happens if there is nothing. */
    void discard(long delivery) throws IOException;
}
