package io.tallywatt.server.cli;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.files.WorkingFolder;
import java.io.IOException;
import java.util.Optional;

/** A delivery's file where it lay when it came, provided that it still holds the same bytes. */
final class SameFile {
    private SameFile() {}

    static Optional<Document> find(WorkingFolder workingFolder, Delivery delivery) {
        try {
            return Documents.byName(workingFolder::resolve, delivery.name(), delivery.receivedAt())
                    .filter(document -> digest(document).equals(delivery.digest()));
        } catch (IOException | UnreadableDocument e) {
            return Optional.empty();
        }
    }

    /** Empty where it cannot be read. */
    private static String digest(Document document) {
        try {
            return Ingest.digestOf(document);
        } catch (IOException | UnreadableDocument e) {
            return "";
        }
    }
}
