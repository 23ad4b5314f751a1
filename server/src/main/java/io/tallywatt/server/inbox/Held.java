package io.tallywatt.server.inbox;

import io.tallywatt.core.ingest.Document;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A big file or an archive's entry on its way into the store, which ends, as if it could not be read any further, once the
 * inbox has to stop: then nothing of it is stored.
 *
 * @param whole whether it is all of the file, whose bytes stay where they lie
 */
record Held(Document document, boolean whole, Stopping stopping) implements Document {
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
    public byte[] salt() {
        return document.salt();
    }

    private static void check(Stopping stopping) throws IOException {
        if (stopping.over()) {
            throw new IOException("the server is stopping");
        }
    }

    @Override
    public Stream open() throws IOException {
        Stream in = document.open();
        return new Stream() {
            @Override
            public long packedBytes() {
                return in.packedBytes();
            }

            @Override
            public int read() throws IOException {
                check(stopping);
                return in.read();
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                check(stopping);
                return in.read(buffer, from, length);
            }

            @Override
            public int available() throws IOException {
                return in.available();
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    @Override
    public InputStream openPacked() throws IOException {
        return new FilterInputStream(document.openPacked()) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                check(stopping);
                return super.read(buffer, from, length);
            }
        };
    }
}
