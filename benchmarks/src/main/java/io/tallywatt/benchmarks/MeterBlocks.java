package io.tallywatt.benchmarks;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.time.Resolution;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A delivery that never was a file: some days of all meters, made as blocks, by date and then meter.
 *
 * @param from first epoch day
 * @param days how many
 */
record MeterBlocks(Demand demand, int meters, int from, int days) implements Intake {
    /** By the name that settings give it, so that files can follow. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Override
    public String name() {
        return "blocks of " + meters + " meters, " + days + " days from " + LocalDate.ofEpochDay(from);
    }

    @Override
    public Instant receivedAt() {
        return LocalDate.ofEpochDay(from + days).atTime(3, 0).toInstant(ZoneOffset.UTC);
    }

    @Override
    public ZoneId zone() {
        return UTC;
    }

    @Override
    public String unit() {
        return Units.ENERGY;
    }

    @Override
    public Pass pass(SeriesIds ids) {
        int[] series = new int[meters];
        for (int m = 0; m < meters; m++) {
            byte[] id = MeterFile.id(m);
            series[m] = ids.meter(id, 0, id.length);
        }
        return new Blocks(series);
    }

    @Override
    public Iterator<Reject> rejects() {
        return Collections.emptyIterator();
    }

    @Override
    public long rejected() {
        return 0;
    }

    @Override
    public List<Notice> notices() {
        return List.of();
    }

    private final class Blocks implements Pass {
        private final int[] series;
        /** First block that no cursor has taken yet. */
        private final AtomicLong next = new AtomicLong();

        Blocks(int[] series) {
            this.series = series;
        }

        @Override
        public BlockCursor cursor() {
            return this::fill;
        }

        private boolean fill(BlockBatch batch) {
            batch.clear();
            long first = next.getAndAdd(BlockBatch.CAPACITY);
            long end = Math.min(first + BlockBatch.CAPACITY, (long) meters * days);
            for (long i = first; i < end; i++) {
                int meter = (int) (i % meters);
                int day = from + (int) (i / meters);
                int at = batch.begin(Demand.HALF_HOURS);
                demand.day(meter, day, batch.values, at);
                batch.commit(
                        series[meter],
                        day,
                        (long) day * Resolution.DAY_SECONDS,
                        Resolution.HALF_HOUR.seconds(),
                        3,
                        Demand.HALF_HOURS,
                        false,
                        i + 1);
            }
            return batch.size > 0;
        }

        @Override
        public Contents contents() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(name().getBytes(StandardCharsets.UTF_8));
                return new Contents(HexFormat.of().formatHex(digest), 0, "blocks", "", (long) meters * days);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JDK has SHA-256", e);
            }
        }

        @Override
        public void reject(Reject reject) {
            throw new IllegalStateException("Nothing generated is refused, but got " + reject);
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            throw new IllegalStateException("Nothing generated is remarked on, but got " + message);
        }

        @Override
        public void close() {}
    }
}
