package io.tallywatt.duckdb;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.store.BlockCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Blocks put aside while a delivery is read, to be laid over others afterwards: in memory at first, then in a temporary
 * file, so that a delivery of nothing but corrections takes no more memory than a new one. Written by several threads,
 * then read by one.
 */
final class Spill implements BlockCursor, AutoCloseable {
    private static final int IN_MEMORY = 16 << 20;

    /** Bytes before a block's values: five ints, two longs, two bytes. */
    private static final int HEADER = 5 * Integer.BYTES + 2 * Long.BYTES + 2;

    private final Path file;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private @Nullable FileChannel channel;
    private long blocks;
    private boolean reading;

    /** @param file where to put what does not fit memory; removed at the end */
    Spill(Path file) {
        this.file = file;
    }

    synchronized long size() {
        return blocks;
    }

    synchronized void add(BlockBatch batch, int b) {
        int length = batch.length[b];
        boolean exact = batch.resolution[b] == 0;
        int needed = HEADER + length * (exact ? 25 : 9);
        if (buffer.remaining() < needed) {
            makeRoom(needed);
        }
        buffer.putInt(needed).putInt(batch.series[b]).putInt(batch.day[b]).putLong(batch.start[b]);
        buffer.putInt(batch.resolution[b]).put(batch.scale[b]).put((byte) (batch.allActual[b] ? 1 : 0));
        buffer.putLong(batch.line[b]).putInt(length);
        int from = batch.offset[b];
        for (int i = from; i < from + length; i++) {
            buffer.putLong(batch.values[i]);
        }
        buffer.put(batch.qualities, from, length);
        if (exact) {
            for (int i = from; i < from + length; i++) {
                buffer.putLong(Objects.requireNonNull(batch.starts)[i]);
                buffer.putLong(Objects.requireNonNull(batch.ends)[i]);
            }
        }
        blocks++;
    }

    private void makeRoom(int needed) {
        if (buffer.capacity() < IN_MEMORY) {
            int grown = Math.max(buffer.capacity() * 2, buffer.position() + needed);
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), grown)).position(buffer.position());
            return;
        }
        flush();
    }

    private void flush() {
        try {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                channel = open;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                open.write(buffer);
            }
            buffer.clear();
        } catch (IOException e) {
            throw Sql.failure("Cannot put blocks aside in " + file, e);
        }
    }

    /** After the last {@link #add}: the blocks from the first. */
    @Override
    public synchronized boolean next(BlockBatch batch) {
        batch.clear();
        try {
            if (!reading) {
                reading = true;
                rewind();
            }
            while (!batch.isFull() && hasNext()) {
                read(batch);
            }
        } catch (IOException e) {
            throw Sql.failure("Cannot put blocks aside in " + file, e);
        }
        return batch.size > 0;
    }

    private void rewind() throws IOException {
        if (channel != null) {
            flush();
            channel.position(0);
            buffer.limit(0);
        } else {
            buffer.flip();
        }
    }

    /** Makes sure that a whole block is in the buffer. */
    private boolean hasNext() throws IOException {
        if (buffer.remaining() >= 4 && buffer.remaining() >= buffer.getInt(buffer.position())) {
            return true;
        }
        if (channel == null) {
            return false;
        }
        buffer.compact();
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Until the buffer is full or the file is at its end.
        }
        buffer.flip();
        return buffer.remaining() >= 4 && buffer.remaining() >= buffer.getInt(buffer.position());
    }

    private void read(BlockBatch batch) {
        buffer.getInt();
        int series = buffer.getInt();
        int day = buffer.getInt();
        long start = buffer.getLong();
        int resolution = buffer.getInt();
        int scale = buffer.get();
        boolean allActual = buffer.get() != 0;
        long line = buffer.getLong();
        int length = buffer.getInt();
        int at = batch.begin(length);
        for (int i = 0; i < length; i++) {
            batch.values[at + i] = buffer.getLong();
        }
        buffer.get(batch.qualities, at, length);
        if (resolution == 0) {
            long[] starts = batch.exactStarts();
            long[] ends = batch.exactEnds();
            for (int i = 0; i < length; i++) {
                starts[at + i] = buffer.getLong();
                ends[at + i] = buffer.getLong();
            }
        }
        batch.commit(series, day, start, resolution, scale, length, !allActual, line);
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw Sql.failure("Cannot put blocks aside in " + file, e);
        }
    }
}
