package io.tallywatt.server.http;

import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Readings that a program sent. Two pushes under different keys are two deliveries even if they say the same: a meter that
 * goes from 1 to 2 and back to 1 has sent the first twice, and means it.
 */
record Push(String source, @Nullable String key, Path file, long size, Instant receivedAt) implements Document {
    /** Blanks cannot be in a key, so no two pushes share a name that should not. */
    @Override
    public String name() {
        return key == null ? source : source + " " + key;
    }

    @Override
    public byte[] salt() {
        return key == null ? new byte[0] : (name() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long packedSize() {
        return size;
    }

    @Override
    public long unpackedSize() {
        return size;
    }

    @Override
    public Stream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return new Stream() {
            private long read;

            @Override
            public long packedBytes() {
                return read;
            }

            @Override
            public int read() throws IOException {
                int b = in.read();
                read += b < 0 ? 0 : 1;
                return b;
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int n = in.read(buffer, from, length);
                read += Math.max(0, n);
                return n;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    /** As the ledger will know it. */
    String digest() throws IOException {
        try (InputStream in = open()) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt());
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
