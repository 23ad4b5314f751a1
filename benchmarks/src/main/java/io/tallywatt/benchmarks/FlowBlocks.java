package io.tallywatt.benchmarks;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Intake;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/** A delivery of flows that never was a reply: blocks of exact intervals, in MW. */
final class FlowBlocks implements Intake {
    private record Item(Series series, DayBlock block) {}

    private final String name;
    private final Instant receivedAt;
    private final ZoneId zone;
    private final List<Item> items = new ArrayList<>();

    FlowBlocks(String name, Instant receivedAt, ZoneId zone) {
        this.name = name;
        this.receivedAt = receivedAt;
        this.zone = zone;
    }

    void add(Series series, DayBlock block) {
        items.add(new Item(series, block));
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
        return Units.FLOW;
    }

    @Override
    public Pass pass(SeriesIds ids) {
        Iterator<Item> left = items.iterator();
        return new Pass() {
            @Override
            public BlockCursor cursor() {
                return batch -> {
                    synchronized (left) {
                        batch.clear();
                        while (left.hasNext() && !batch.isFull()) {
                            Item item = left.next();
                            batch.add(ids.id(item.series()), item.block(), 1);
                        }
                        return batch.size > 0;
                    }
                };
            }

            @Override
            public Contents contents() {
                try {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
                    return new Contents(HexFormat.of().formatHex(digest), 0, "blocks", "", items.size());
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
                // Nothing that matters here.
            }

            @Override
            public void close() {}
        };
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
}
