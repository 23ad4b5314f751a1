package io.tallywatt.packing;

import io.airlift.compress.v3.MalformedInputException;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** A document as it is unpacked: stops at what expands too far, and tells a damaged file from a failing disk. */
final class Unpacking extends Document.Stream {
    /** Out of a few bytes may come so much without a question. */
    static final long FREE = 64L << 20;
    /** Meter files pack 5 to 30 times, files of zeros hardly 200 times. */
    static final long RATIO = 200;

    private final CountedStream packed;
    private final InputStream unpacked;
    private final boolean plain;
    private long out;

    private Unpacking(CountedStream packed, InputStream unpacked, boolean plain) {
        this.packed = packed;
        this.unpacked = unpacked;
        this.plain = plain;
    }

    /** @param in the packed bytes; it is closed with this, and also if this cannot be opened */
    static Unpacking open(InputStream in, Packing packing) throws IOException {
        CountedStream packed = new CountedStream(in);
        try {
            return new Unpacking(packed, packing.unpacked(packed), packing == Packing.PLAIN);
        } catch (IOException e) {
            boolean failed = packed.failed();
            packed.close();
            if (failed) {
                throw e;
            }
            throw damaged(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = unpacked.read(bytes, offset, length);
        } catch (MalformedInputException e) {
            throw damaged(e);
        } catch (IOException e) {
            if (plain || packed.failed()) {
                throw e;
            }
            throw damaged(e);
        }
        out += Math.max(0, n);
        if (!plain && tooFar(out, packed.count())) {
            throw expands(out, packed.count());
        }
        return n;
    }

    static boolean tooFar(long out, long packed) {
        return out > FREE && out / RATIO > packed;
    }

    static UnreadableDocument expands(long out, long packed) {
        return new UnreadableDocument(
                Reason.EXPANDS_TOO_FAR,
                String.format(
                        Locale.ROOT,
                        "Unpacks to more than %,d MB out of %,d KB, over %d times its size; "
                                + "if that is what it is meant to be, unpack it and ingest the file",
                        out >> 20,
                        (packed + 1023) / 1024,
                        RATIO));
    }

    static UnreadableDocument damaged(Exception e) {
        String words = e instanceof IOException io ? Failures.inWords(io) : String.valueOf(e.getMessage());
        if (words.contains("Window size too large")) {
            return new UnreadableDocument(
                    Reason.DAMAGED,
                    "Unpacking it takes a window above the 8 MB supported; pack it without zstd's --long and --ultra",
                    e);
        }
        return new UnreadableDocument(Reason.DAMAGED, "The packed file is damaged or cut off (" + words + ")", e);
    }

    @Override
    public int available() throws IOException {
        return unpacked.available();
    }

    @Override
    public long packedBytes() {
        return packed.count();
    }

    @Override
    public void close() throws IOException {
        try (packed) {
            unpacked.close();
        }
    }
}
