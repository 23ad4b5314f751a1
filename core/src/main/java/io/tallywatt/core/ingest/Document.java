package io.tallywatt.core.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A document at the door: its bytes, unpacked, can be read from the start as often as needed. */
public interface Document {
    /** As it came: a path, an upload's name, {@code archive.zip!entry.csv}, {@code -} for standard input. */
    String name();

    /** Fixed once. */
    Instant receivedAt();

    /** Size of what {@link Stream#packedBytes} counts, for progress; -1 where it is not known. */
    long packedSize();

    /** Size of the document unpacked; -1 where only reading would tell. */
    default long unpackedSize() {
        return -1;
    }

    /**
     * What goes into the digest before the document's bytes: where two documents of the same bytes are two deliveries, that
     * in which they differ.
     */
    default byte[] salt() {
        return new byte[0];
    }

    /** Opens the document at its first byte. */
    Stream open() throws IOException;

    /** The bytes as they came: what a document that cannot be unpacked is known by. */
    default InputStream openPacked() throws IOException {
        return open();
    }

    /** The unpacked bytes, and how much of the packed ones was read for them. */
    abstract class Stream extends InputStream {
        /** Bytes read so far of what lies on disk. */
        public abstract long packedBytes();

        /** Bytes that lie in memory, as they are. */
        public static Stream of(byte[] bytes) {
            return new InMemory(bytes);
        }
    }

    /** Reads bytes without a lock: nobody else reads the same stream. */
    final class InMemory extends Stream {
        private final byte[] bytes;
        private int at;

        private InMemory(byte[] bytes) {
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
