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
        return Stream.of(bytes);
    }
}
