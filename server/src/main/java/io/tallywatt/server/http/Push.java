package io.tallywatt.server.http;

import io.tallywatt.core.ingest.Document;
import io.tallywatt.server.files.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Readings that a program sent. Two pushes under different keys are two deliveries even if they say the same: a meter that
 * goes from 1 to 2 and back to 1 has sent the first twice, and means it.
 */
record Push(String source, @Nullable String key) {
    /** Blanks cannot be in a key, so no two pushes share a name that should not. */
    String name() {
        return key == null ? source : source + " " + key;
    }

    Document document(Path file, Instant receivedAt) throws IOException {
        byte[] salt = key == null ? new byte[0] : (name() + "\n").getBytes(StandardCharsets.UTF_8);
        return Documents.salted(name(), file, receivedAt, salt);
    }
}
