package io.tallywatt.packing;

import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A document that is packed, wherever its bytes come from: unpacked as they come.
 *
 * @param packed gives the packed bytes
 */
record PackedDocument(Document packed, Packing packing) implements Document {
    @Override
    public String name() {
        return packed.name();
    }

    @Override
    public Instant receivedAt() {
        return packed.receivedAt();
    }

    @Override
    public long packedSize() {
        return packed.packedSize();
    }

    @Override
    public byte[] salt() {
        return packed.salt();
    }

    @Override
    public Stream open() throws IOException {
        return Unpacking.open(packed.open(), packing);
    }

    @Override
    public InputStream openPacked() throws IOException {
        return packed.openPacked();
    }
}
