package io.tallywatt.core.format;

import java.time.Instant;

/**
 * The beginning of a document, by which its format is chosen; never by its name.
 *
 * @param bytes the first bytes, at most {@link #SIZE}
 * @param whole whether this is all of the document
 * @param name the document's name, only to name a meter after it where the file names none, and for messages
 * @param receivedAt when it came; {@link Instant#MAX} where that is no matter
 */
public record Head(byte[] bytes, boolean whole, String name, Instant receivedAt) {
    public static final int SIZE = 256 * 1024;

    public Head(byte[] bytes, boolean whole, String name) {
        this(bytes, whole, name, Instant.MAX);
    }
}
