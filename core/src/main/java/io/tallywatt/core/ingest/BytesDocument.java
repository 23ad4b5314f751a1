package io.tallywatt.core.ingest;

import java.time.Instant;

/** A document that lies in memory: what a source replied, or the body of a request. */
public record BytesDocument(String name, byte[] bytes, Instant receivedAt) implements Document {
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
