package io.tallywatt.server.cli;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.server.files.Documents;
import io.tallywatt.server.files.WorkingFolder;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A delivery's file where it lay when it came, provided that it still holds the same bytes. */
final class SameFile {
    private SameFile() {}

    static Optional<Document> find(WorkingFolder workingFolder, Delivery delivery) {
        try {
            return Documents.byName(workingFolder, delivery.name(), delivery.receivedAt())
                    .filter(document -> digest(document).equals(delivery.digest()));
        } catch (IOException | UnreadableDocument e) {
            return Optional.empty();
        }
    }

    /** Empty where it cannot be read. */
    private static String digest(Document document) {
        try (InputStream in = document.open()) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException | UnreadableDocument e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
