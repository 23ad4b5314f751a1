package io.tallywatt.core.format;

/**
 * A run of whole rows of a document. The bytes belong to the reader that took the chunk until it gives it back.
 *
 * <p>{@code bytes[from..to)} ends where the layout allows ({@link Layout#lastEnd}): delimited text with a line feed,
 * except perhaps in the last chunk, and quoted cells are never split.
 */
public final class Chunk {
    public byte[] bytes;
    public int from;
    public int to;
    /** Counts from 0 in the order of the document. */
    public long number;
    /** 1-based line of the document at {@code from}. */
    public long firstLine;
    /** Whether the document ends here. */
    public boolean last;

    public Chunk(byte[] bytes) {
        this.bytes = bytes;
    }
}
