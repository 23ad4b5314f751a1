package io.tallywatt.server.inbox;

import io.tallywatt.core.ingest.Document;
import io.tallywatt.packing.Packing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A small file, read whole: opening a file costs more than reading it, and a document is opened several times. What is
 * recognised, digested and stored is the same then, whatever somebody does to the file meanwhile.
 */
record ClaimedFile(Waiting file, String name, Instant receivedAt, byte[] bytes) implements Document {
    /**
     * Reads it.
     *
     * @return empty if it is not as it was when it was looked at
     */
    static Optional<ClaimedFile> read(Waiting file, String name, Instant receivedAt) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(file.size())];
        // Whatever lies there by now: a link is not followed.
        try (FileChannel in = FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (in.size() != bytes.length) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                if (in.read(buffer) < 0) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new ClaimedFile(file, name, receivedAt, bytes));
    }

    Packing packing() {
        return Packing.of(bytes);
    }

    @Override
    public long packedSize() {
        return bytes.length;
    }

    @Override
    public long unpackedSize() {
        return bytes.length;
    }

    @Override
    public Stream open() {
        return new InMemory(bytes);
    }

    private static final class InMemory extends Stream {
        private final byte[] bytes;
        private int at;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (length == 0) {
                return 0;
            }
            int n = Math.min(length, bytes.length - at);
            if (n == 0) {
                return -1;
            }
            System.arraycopy(bytes, at, buffer, from, n);
            at += n;
            return n;
        }

        @Override
        public int available() {
            return bytes.length - at;
        }

        @Override
        public long packedBytes() {
            return at;
        }
    }
}
