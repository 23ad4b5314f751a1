package io.tallywatt.server.demo;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A document that is made here, block by block, of values that are known: nothing of it can be refused. */
final class GivenBlocks implements Intake {
    private final String name;
    private final String format;
    private final Instant receivedAt;
    private final ZoneId zone;
    private final String unit;
    private final List<Given> all = new ArrayList<>();

    private record Given(Series series, DayBlock block) {}

    /** One value over an interval. */
    record Value(long start, long end, long units) {}

    GivenBlocks(String name, String format, Instant receivedAt, ZoneId zone, String unit) {
        this.name = name;
        this.format = format;
        this.receivedAt = receivedAt;
        this.zone = zone;
        this.unit = unit;
    }

    /**
     * Adds values of a series, each to the local date on which it starts.
     *
     * @param scale of the units: each is 10^-scale
     * @param values by time
     */
    GivenBlocks add(Series series, int scale, List<Value> values) {
        Map<LocalDate, List<Value>> days = new TreeMap<>();
        for (Value value : values) {
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(value.start), zone);
            days.computeIfAbsent(date, d -> new ArrayList<>()).add(value);
        }
        days.forEach((date, list) -> all.add(new Given(series, block(date, scale, list))));
        return this;
    }

    private DayBlock block(LocalDate date, int scale, List<Value> values) {
        int n = values.size();
        return DayBlock.irregular(
                (int) date.toEpochDay(),
                date.atStartOfDay(zone).toEpochSecond(),
                scale,
                values.stream().mapToLong(Value::units).toArray(),
                new byte[n],
                values.stream().mapToLong(Value::start).toArray(),
                values.stream().mapToLong(Value::end).toArray());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public String unit() {
        return unit;
    }

    private String text() {
        StringBuilder text = new StringBuilder(name);
        all.forEach(given -> text.append('\n').append(given.series).append(' ').append(given.block.readings(0)));
        return text.toString();
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public Pass pass(SeriesIds ids) {
        Iterator<Given> left = all.iterator();
        String text = text();
        return new Pass() {
            @Override
            public BlockCursor cursor() {
                return this::fill;
            }

            private synchronized boolean fill(BlockBatch batch) {
                batch.clear();
                while (left.hasNext() && !batch.isFull()) {
                    Given next = left.next();
                    batch.add(ids.id(next.series), next.block, 1);
                }
                return batch.size > 0;
            }

            @Override
            public Contents contents() {
                return new Contents(digest(text), text.length(), format, "", all.size());
            }

            @Override
            public void reject(Reject reject) {
                throw new IllegalStateException("The demo's own figures are refused: " + reject);
            }

            @Override
            public void notice(NoticeCode code, long line, String message) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public Iterator<Reject> rejects() {
        return List.<Reject>of().iterator();
    }

    @Override
    public long rejected() {
        return 0;
    }

    @Override
    public List<Notice> notices() {
        return List.of();
    }
}
