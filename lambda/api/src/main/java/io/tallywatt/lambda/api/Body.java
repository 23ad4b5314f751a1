package io.tallywatt.lambda.api;

import io.tallywatt.core.ingest.Document;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/** A document that came as the body of a request. */
record Body(String name, byte[] bytes, Instant receivedAt, byte[] salt) implements Document {
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
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return new Stream() {
            @Override
            public long packedBytes() {
                return (long) bytes.length - in.available();
            }

            @Override
            public int read() {
                return in.read();
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                return in.read(buffer, from, length);
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body
                && name.equals(body.name)
                && receivedAt.equals(body.receivedAt)
                && Arrays.equals(bytes, body.bytes)
                && Arrays.equals(salt, body.salt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, receivedAt, Arrays.hashCode(bytes));
    }
}
