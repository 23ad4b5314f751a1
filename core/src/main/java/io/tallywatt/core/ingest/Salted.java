package io.tallywatt.core.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A document that is known by something besides its bytes. */
public record Salted(Document document, byte[] salt) implements Document {
    @Override
    public String name() {
        return document.name();
    }

    @Override
    public Instant receivedAt() {
        return document.receivedAt();
    }

    @Override
    public long packedSize() {
        return document.packedSize();
    }

    @Override
    public long unpackedSize() {
        return document.unpackedSize();
    }

    @Override
    public Stream open() throws IOException {
        return document.open();
    }

    @Override
    public InputStream openPacked() throws IOException {
        return document.openPacked();
    }
}
