package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.Remarks;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The remarks on one document. Rejects beyond the first thousands go to a temporary file, so that a file of nothing but
 * bad rows takes no more memory than a good one. Safe for several threads.
 */
final class RemarkLog implements Remarks, AutoCloseable {
    private static final int IN_MEMORY = 5_000;

    private final List<Reject> rejects = new ArrayList<>();
    private final Map<NoticeCode, Notice> notices = new EnumMap<>(NoticeCode.class);
    private long rejected;
    private @Nullable FileChannel spool;
    private @Nullable DataOutputStream out;

    @Override
    public synchronized void reject(Reject reject) {
        rejected++;
        if (rejects.size() < IN_MEMORY) {
            rejects.add(reject);
            return;
        }
        try {
            if (out == null) {
                spool = openSpool();
                out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(spool)));
            }
            out.writeLong(reject.line());
            writeText(out, reject.column());
            out.writeByte(reject.code().ordinal());
            writeText(out, reject.message());
            writeText(out, reject.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removed as soon as it is open, where the system allows: then not even a killed process leaves it behind. */
    private static FileChannel openSpool() throws IOException {
        Path path = Files.createTempFile("tallywatt-rejects", ".tmp");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // It goes when it is closed.
        }
        return channel;
    }

    @Override
    public synchronized void notice(NoticeCode code, long line, String message) {
        Notice known = notices.get(code);
        if (known == null) {
            notices.put(code, new Notice(code, 1, line, message));
        } else if (line < known.firstLine()) {
            notices.put(code, new Notice(code, known.count() + 1, line, message));
        } else {
            notices.put(code, new Notice(code, known.count() + 1, known.firstLine(), known.message()));
        }
    }

    synchronized long rejected() {
        return rejected;
    }

    synchronized List<Notice> notices() {
        return List.copyOf(notices.values());
    }

    /** All rejects, first those in memory. */
    synchronized Iterator<Reject> iterator() {
        try {
            if (out == null || spool == null) {
                return List.copyOf(rejects).iterator();
            }
            out.flush();
            return new Spooled(List.copyOf(rejects).iterator(), spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (out != null) {
                out.close();
            }
            if (spool != null) {
                spool.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static final class Spooled implements Iterator<Reject> {
        private final Iterator<Reject> memory;
        private final DataInputStream in;
        private @Nullable Reject next;

        Spooled(Iterator<Reject> memory, FileChannel spool) {
            this.memory = memory;
            this.in = new DataInputStream(new BufferedInputStream(new FromStart(spool), 1 << 16));
        }

        @Override
        public boolean hasNext() {
            if (memory.hasNext() || next != null) {
                return true;
            }
            try {
                long line = in.readLong();
                next = new Reject(line, readText(in), RejectCode.values()[in.readByte()], readText(in), readText(in));
                return true;
            } catch (EOFException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Reject next() {
            if (memory.hasNext()) {
                return memory.next();
            }
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Reject result = next;
            next = null;
            return result;
        }
    }

    /** Reads a file that is being written through the same channel, from its first byte. */
    private static final class FromStart extends InputStream {
        private final FileChannel channel;
        private long position;

        FromStart(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = channel.read(ByteBuffer.wrap(buffer, from, length), position);
            position += Math.max(0, n);
            return n;
        }
    }
}
