package io.tallywatt.benchmarks;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Wide rows into blocks: time per row of 48 values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowParsing {
    private static final int ROWS = BlockBatch.CAPACITY;

    /** As nearly all rows are, or with every cell in quotes, which is read cell by cell. */
    @Param({"plain", "quoted"})
    public String cells = "plain";

    private final BlockBatch batch = new BlockBatch();
    private final Chunk chunk = new Chunk(new byte[0]);
    private @Nullable RowReader reader;

    @Setup
    public void writeRows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MeterFile(ROWS / 8, 8, MeterFile.Order.METER, 1).write(out);
        String rows = out.toString(StandardCharsets.US_ASCII);
        byte[] file = (cells.equals("quoted") ? quoted(rows) : rows).getBytes(StandardCharsets.US_ASCII);
        Head head = new Head(Arrays.copyOf(file, Math.min(file.length, Head.SIZE)), false, "rows");
        Layout layout = Formats.recognise(head, ReadingOptions.in(ZoneOffset.UTC));
        chunk.bytes = Arrays.copyOfRange(file, layout.bodyOffset(), file.length);
        chunk.to = chunk.bytes.length;
        reader = layout.reader(new SeriesIds(), NoRemarks.INSTANCE);
    }

    private static String quoted(String rows) {
        return "\"" + rows.strip().replace(",", "\",\"").replace("\n", "\"\n\"") + "\"\n";
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public BlockBatch parse() {
        RowReader rows = Objects.requireNonNull(reader);
        rows.start(chunk);
        do {
            batch.clear();
        } while (!rows.fill(batch));
        return batch;
    }
}
