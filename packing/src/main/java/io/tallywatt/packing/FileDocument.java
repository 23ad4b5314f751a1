package io.tallywatt.packing;

import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A file that is one document, plain or packed. */
record FileDocument(String name, Path path, Packing packing, Instant receivedAt, long packedSize) implements OnDisk {
    @Override
    public long unpackedSize() {
        return packing == Packing.PLAIN ? packedSize : -1;
    }

    @Override
    public Stream open() throws IOException {
        return Unpacking.open(Files.newInputStream(path), packing);
    }

    @Override
    public InputStream openPacked() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public String entry() {
        return "";
    }

    static Document of(String name, Path path, Instant receivedAt) throws IOException {
        return new FileDocument(name, path, Packing.of(path), receivedAt, Files.size(path));
    }
}
