package io.tallywatt.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An array on one line is as long as its sender likes; reading it takes no more memory for that. */
class EndlessLineTest {
    private static final int OBJECTS = Integer.getInteger("tallywatt.endless.objects", 100_000);

    /** Reading {@code n}: a half-hour of a meter's days, with much that nobody reads. */
    private static String object(int n, boolean last) {
        Instant start = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(1800L * (n % 4800));
        return (n == 0 ? "[" : ",") + "{\"meter\":\"m" + n / 4800 + "\",\"time\":\"" + start + "\",\"kWh\":0."
                + (1000 + n % 9000) + ",\"raw\":{\"note\":\"" + "x".repeat(560) + "\"}}"
                + (last ? "]" : "");
    }

    private record Generated(int objects) implements Document {
        @Override
        public String name() {
            return "generated.json";
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }

        @Override
        public long packedSize() {
            return -1;
        }

        @Override
        public Stream open() {
            return new Stream() {
                private int next;
                private byte[] bytes = {};
                private int at;
                private long taken;

                @Override
                public long packedBytes() {
                    return taken;
                }

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0];
                }

                @Override
                public int read(byte[] buffer, int from, int length) {
                    if (at == bytes.length) {
                        if (next == objects) {
                            return -1;
                        }
                        bytes = object(next++, next == objects).getBytes(StandardCharsets.US_ASCII);
                        at = 0;
                    }
                    int n = Math.min(length, bytes.length - at);
                    System.arraycopy(bytes, at, buffer, from, n);
                    at += n;
                    taken += n;
                    return n;
                }
            };
        }
    }

    private static Layout layout(Document document, ReadingOptions options) throws IOException {
        try (Document.Stream in = document.open()) {
            byte[] head = in.readNBytes(Head.SIZE);
            return Formats.recognise(new Head(head, head.length < Head.SIZE, document.name()), options);
        }
    }

    /** Bytes that reading takes, without those that making the document takes. */
    private static long allocated(int objects, long[] readings) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Generated document = new Generated(objects);
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Document.Stream in = document.open()) {
            byte[] buffer = new byte[1 << 16];
            int n = in.read(buffer, 0, buffer.length);
            while (n >= 0) {
                n = in.read(buffer, 0, buffer.length);
            }
        }
        long making = threads.getCurrentThreadAllocatedBytes() - before;
        ReadingOptions options = ReadingOptions.in(ZoneOffset.UTC);
        Layout layout = layout(document, options);
        before = threads.getCurrentThreadAllocatedBytes();
        try (DocumentIntake intake = new DocumentIntake(document, layout, options.zone(), false, Progress.NONE);
                Intake.Pass pass = intake.pass(new SeriesIds())) {
            BlockCursor cursor = pass.cursor();
            BlockBatch batch = new BlockBatch();
            while (cursor.next(batch)) {
                readings[0] += Arrays.stream(batch.counted, 0, batch.size)
                        .asLongStream()
                        .sum();
            }
            assertThat(pass.contents().rows()).isEqualTo(objects);
            assertThat(pass.contents().bytes()).isGreaterThan(600L * objects);
            assertThat(intake.rejected()).isZero();
        }
        return threads.getCurrentThreadAllocatedBytes() - before - making;
    }

    @Test
    void anArrayOnOneLineOf64MegabytesTakesFewOfThem() throws IOException {
        long[] readings = {0};
        long some = allocated(OBJECTS / 10, readings);
        assertThat(readings[0]).isEqualTo(OBJECTS / 10);
        long all = allocated(OBJECTS, readings);
        assertThat(readings[0]).isEqualTo(OBJECTS / 10 + OBJECTS);
        // A day of 48 readings takes about a kilobyte for 32 of text. Far more is allowed, since what making the
        // document
        // takes is itself only about the same each time; holding the line would take all of it, and more.
        assertThat(all - some).isLessThan(600L * OBJECTS * 9 / 10 / 2);
    }
}
