package io.tallywatt.packing;

import io.tallywatt.core.format.UnreadableDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** An archive that cannot be opened, so that it can go to quarantine like any other document. */
record Unopenable(String name, Path path, Packing packing, Instant receivedAt, long packedSize, UnreadableDocument why)
        implements OnDisk {
    @Override
    public Stream open() {
        throw why;
    }

    @Override
    public InputStream openPacked() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public String entry() {
        return "";
    }
}
