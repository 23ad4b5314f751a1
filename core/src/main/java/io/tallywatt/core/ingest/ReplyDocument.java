package io.tallywatt.core.ingest;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a source replied, as a document at the door. */
record ReplyDocument(String name, byte[] bytes, Instant at) implements Document {
    @Override
    public Instant receivedAt() {
        return at.truncatedTo(ChronoUnit.MILLIS);
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
        return new Bytes(new ByteArrayInputStream(bytes), bytes.length);
    }

    private static final class Bytes extends Stream {
        private final ByteArrayInputStream in;
        private final int length;

        Bytes(ByteArrayInputStream in, int length) {
            this.in = in;
            this.length = length;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int from, int count) {
            return in.read(buffer, from, count);
        }

        @Override
        public long packedBytes() {
            return (long) length - in.available();
        }
    }
}
