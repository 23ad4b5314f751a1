package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document into chunks that end at record ends, counts lines and takes the digest on the way. Chunks are handed out
 * in order, to several threads; their buffers are used again.
 */
final class ChunkReader implements AutoCloseable {
    static final int CHUNK = 1 << 20;
    private static final int SMALLEST = 1 << 10;
    private static final int SLICE = 1 << 16;
    /** A longer record is no record: somebody opened a quote and never closed it, or the file is not text. */
    private static final int LONGEST_RECORD = 16 << 20;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Document.Stream in;
    private final Layout layout;
    private final MessageDigest digest;
    private final Deque<Chunk> idle = new ArrayDeque<>();
    private final ReentrantLock digesting = new ReentrantLock();
    /** Chunks that were read and wait for the digest, by number. */
    private final TreeMap<Long, Chunk> read = new TreeMap<>();
    /** Number of the chunk that the digest takes next; guarded by {@link #read}. */
    private long nextToDigest;

    private long taken;
    private byte[] carry = new byte[0];
    private int carried;
    private long line;
    private long bytes;
    private boolean ended;
    /** A small document needs no large buffer. */
    private final int chunkSize;

    /**
     * Opens a document.
     *
     * @param layout says where the records begin, after the header, and where they may be cut
     */
    ChunkReader(Document document, Layout layout) throws IOException {
        this(document, layout, CHUNK);
    }

    /** @param most size of a chunk, if no record is longer */
    ChunkReader(Document document, Layout layout, int most) throws IOException {
        this.in = document.open();
        this.layout = layout;
        this.line = layout.bodyLine();
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
        digest.update(document.salt());
        byte[] header = in.readNBytes(layout.bodyOffset());
        digest.update(header);
        bytes = header.length;
        long left = document.unpackedSize() - bytes;
        chunkSize = left < 0 || left >= most ? most : Math.max(Math.min(most, SMALLEST), (int) left + 1);
    }

    /** The next chunk, or null at the end of the document. Give it back by {@link #release}. */
    synchronized @Nullable Chunk take() {
        if (ended) {
            return null;
        }
        Chunk chunk = idle.isEmpty() ? new Chunk(new byte[chunkSize + chunkSize / 4]) : idle.pop();
        try {
            fill(chunk);
        } catch (IOException e) {
            throw new UnreadableDocument(
                    Reason.IO, "Reading stopped after " + bytes + " bytes: " + Failures.inWords(e), e);
        }
        return chunk.from == chunk.to ? null : chunk;
    }

    /** Gives a chunk back, read to its end. It is digested when those before it are, by whoever comes by. */
    void release(Chunk chunk) {
        synchronized (read) {
            read.put(chunk.number, chunk);
        }
        digestWhatIsNext();
    }

    /**
     * The digest takes the chunks in their order, one at a time, but no reader waits for another: who finds somebody at
     * it leaves its chunk to them.
     */
    private void digestWhatIsNext() {
        while (digesting.tryLock()) {
            try {
                for (Chunk next = next(); next != null; next = next()) {
                    digest.update(next.bytes, next.from, next.to - next.from);
                    synchronized (this) {
                        idle.push(next);
                    }
                }
            } finally {
                digesting.unlock();
            }
            // One may have been put there between the last look and the unlocking.
            if (!isNextThere()) {
                return;
            }
        }
    }

    private boolean isNextThere() {
        synchronized (read) {
            return !read.isEmpty() && read.firstKey() == nextToDigest;
        }
    }

    private @Nullable Chunk next() {
        synchronized (read) {
            if (!isNextThere()) {
                return null;
            }
            nextToDigest++;
            return read.pollFirstEntry().getValue();
        }
    }

    private void fill(Chunk chunk) throws IOException {
        if (chunk.bytes.length < carried + chunkSize) {
            chunk.bytes = new byte[carried + chunkSize];
        }
        System.arraycopy(carry, 0, chunk.bytes, 0, carried);
        int filled = carried;
        int end;
        do {
            if (filled == chunk.bytes.length) {
                chunk.bytes = Arrays.copyOf(chunk.bytes, filled * 2);
            }
            filled += read(chunk.bytes, filled);
            end = ended ? filled : layout.lastEnd(chunk.bytes, 0, filled);
            if (end == 0 && filled > LONGEST_RECORD) {
                throw new UnreadableDocument(
                        Reason.UNKNOWN_FORMAT,
                        "Line " + line + " is longer than 16 MB; expected rows of readings, each on a line of its own");
            }
        } while (end == 0 && !ended);
        carried = filled - end;
        if (carry.length < carried) {
            carry = new byte[Math.max(carried, 4096)];
        }
        System.arraycopy(chunk.bytes, end, carry, 0, carried);
        chunk.from = 0;
        chunk.to = end;
        chunk.firstLine = line;
        chunk.number = taken++;
        chunk.last = ended;
        line += count(chunk.bytes, end, (byte) '\n');
    }

    /**
     * Fills the buffer, slice by slice: small enough for the file's stream to use one buffer of its own again and again.
     */
    private int read(byte[] buffer, int from) throws IOException {
        int at = from;
        while (at < buffer.length && !ended) {
            int n = in.read(buffer, at, Math.min(SLICE, buffer.length - at));
            if (n < 0) {
                ended = true;
            } else {
                bytes += n;
                at += n;
            }
        }
        return at - from;
    }

    /** How often a byte occurs, eight at a time. */
    static int count(byte[] bytes, int length, byte wanted) {
        long pattern = (wanted & 0xffL) * 0x0101010101010101L;
        int n = 0;
        int i = 0;
        for (; i <= length - 8; i += 8) {
            long x = (long) LONGS.get(bytes, i) ^ pattern;
            // A byte of x is zero where the byte is wanted; this form has no carries between bytes, so it counts
            // exactly.
            long zeros = ~((x & 0x7f7f7f7f7f7f7f7fL) + 0x7f7f7f7f7f7f7f7fL | x | 0x7f7f7f7f7f7f7f7fL);
            n += Long.bitCount(zeros);
        }
        for (; i < length; i++) {
            if (bytes[i] == wanted) {
                n++;
            }
        }
        return n;
    }

    synchronized long packedBytes() {
        return in.packedBytes();
    }

    /** Size of the document; all of it only after the last chunk. */
    synchronized long bytes() {
        return bytes;
    }

    /** SHA-256 of the whole document, lower-case hex: to be asked once, after the last chunk. */
    String digest() {
        digestWhatIsNext();
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UnreadableDocument(Reason.IO, "Closing failed: " + Failures.inWords(e), e);
        }
    }
}
