package io.tallywatt.benchmarks;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** What the parts of an ingest that no program can leave out take alone, in this process, once it is warm. */
final class Floor {
    private static final int PASSES = 3;
    private static final int CHUNK = 1 << 20;
    /** Longer than any row, so that a chunk can be read to the end of its last one. */
    private static final int SLACK = 1 << 12;

    private final MeterFile.Written file;
    private final int threads;

    Floor(MeterFile.Written file, int threads) {
        this.file = file;
        this.threads = threads;
    }

    /** Something that takes a while. */
    private interface Work {
        void run() throws IOException, InterruptedException, ExecutionException;
    }

    String measure() throws IOException, InterruptedException, ExecutionException {
        Table table = new Table("parts alone, in process, third pass", "wall ms", "MB/s");
        row(table, "  read, 1 thread", this::read);
        row(table, "  read and SHA-256, 1 thread", this::digest);
        row(table, "  read and parse into blocks, " + threads + " threads", this::parse);
        return table.toString();
    }

    private void row(Table table, String words, Work work)
            throws IOException, InterruptedException, ExecutionException {
        double millis = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            work.run();
            millis = (System.nanoTime() - start) / 1e6;
        }
        table.row(words, Figures.decimals(millis, 0), Figures.decimals(file.bytes() / 1e3 / millis, 0));
    }

    private void read() throws IOException {
        try (FileChannel channel = FileChannel.open(file.path())) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        }
    }

    private void digest() throws IOException {
        try (FileChannel channel = FileChannel.open(file.path())) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] bytes = new byte[1 << 16];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
                sha.update(bytes, 0, n);
                buffer.clear();
            }
            if (sha.digest().length == 0) {
                throw new IllegalStateException("No digest");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private void parse() throws IOException, InterruptedException, ExecutionException {
        Layout layout = layout();
        SeriesIds ids = new SeriesIds();
        AtomicLong next = new AtomicLong(layout.bodyOffset());
        List<Callable<Long>> lanes = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            lanes.add(() -> lane(layout.reader(ids, NoRemarks.INSTANCE), next));
        }
        long rows = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Long> lane : pool.invokeAll(lanes)) {
                rows += lane.get();
            }
        }
        if (rows != file.rows()) {
            throw new IllegalStateException("Parsed " + rows + " rows of " + file.rows());
        }
    }

    private Layout layout() throws IOException {
        try (InputStream in = Files.newInputStream(file.path())) {
            return Formats.recognise(
                    new Head(in.readNBytes(Head.SIZE), false, file.path().toString()),
                    ReadingOptions.in(ZoneOffset.UTC));
        }
    }

    /** Takes one stretch of the file after the other: the rows that begin in it. Returns how many there were. */
    private long lane(RowReader reader, AtomicLong next) throws IOException {
        BlockBatch batch = new BlockBatch();
        Chunk chunk = new Chunk(new byte[CHUNK + SLACK + 1]);
        try (FileChannel channel = FileChannel.open(file.path())) {
            for (long at = next.getAndAdd(CHUNK); at < file.bytes(); at = next.getAndAdd(CHUNK)) {
                // One byte before tells whether a row begins just here.
                int filled = fill(channel, chunk.bytes, at - 1);
                chunk.from = afterLineFeed(chunk.bytes, 0, filled);
                chunk.to = afterLineFeed(chunk.bytes, Math.min(CHUNK, filled - 1), filled);
                reader.start(chunk);
                do {
                    batch.clear();
                } while (!reader.fill(batch));
            }
        }
        return reader.rows();
    }

    private static int fill(FileChannel channel, byte[] bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
            // Until the buffer is full or the file ends.
        }
        return buffer.position();
    }

    /** Just after the first line feed from an offset on. */
    private static int afterLineFeed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return Math.min(to, i + 1);
    }
}
