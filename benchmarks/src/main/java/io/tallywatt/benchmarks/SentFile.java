package io.tallywatt.benchmarks;

import io.tallywatt.core.ingest.Document;
import java.io.ByteArrayInputStream;
import java.time.Instant;

/** A file of a feed that lies in memory. */
record SentFile(String name, byte[] content, Instant receivedAt) implements Document {
    @Override
    public long packedSize() {
        return content.length;
    }

    @Override
    public long unpackedSize() {
        return content.length;
    }

    @Override
    public Stream open() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(content);
        return new Stream() {
            @Override
            public long packedBytes() {
                return content.length - (long) bytes.available();
            }

            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                return bytes.read(buffer, from, length);
            }
        };
    }
}
