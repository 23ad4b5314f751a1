package io.tallywatt.core.store;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document that never was a file: blocks listed by hand, dealt out batch by batch to whatever cursors are opened. */
public final class GivenDocument implements Intake {
    /** Where a broken document breaks. */
    public enum Where {
        PASS,
        CURSOR,
        FIRST_BATCH,
        LATER_BATCH,
        CONTENTS
    }

    private record Item(Series series, DayBlock block, long line) {}

    private final String name;
    private final List<Item> items = new ArrayList<>();
    private final List<Reject> ownRejects = new ArrayList<>();
    private String digest;
    private String settings = "kWh";
    private ZoneId zone = ZoneId.of("UTC");
    private String unit = "kWh";
    private Instant receivedAt = Instant.parse("2024-06-01T00:00:00Z");
    private int perBatch = 3;
    private long firstLine;
    private long line;
    private @Nullable Where breaksAt;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable meanwhile;

    private final List<Reject> rejects = new ArrayList<>();
    private final Map<NoticeCode, Notice> notices = new EnumMap<>(NoticeCode.class);
    private int passes;

    private GivenDocument(String name) {
        this.name = name;
        this.digest = "digest of " + name;
    }

    public static GivenDocument of(String name) {
        return new GivenDocument(name);
    }

    /** As a part of a document, of which other parts have so many lines before. */
    public GivenDocument behind(long lines) {
        firstLine = lines;
        line = lines;
        return this;
    }

    public GivenDocument with(Series series, DayBlock block) {
        items.add(new Item(series, block, ++line));
        return this;
    }

    public GivenDocument withRejects(int count) {
        for (int i = 0; i < count; i++) {
            long at = ++line;
            ownRejects.add(new Reject(
                    at, "Date", io.tallywatt.core.format.RejectCode.BAD_DATE, "'x" + at + "' is no date", "row " + at));
        }
        return this;
    }

    public GivenDocument in(ZoneId newZone) {
        zone = newZone;
        return this;
    }

    public GivenDocument unit(String newUnit) {
        unit = newUnit;
        return this;
    }

    public GivenDocument digest(String newDigest) {
        digest = newDigest;
        return this;
    }

    public GivenDocument settings(String newSettings) {
        settings = newSettings;
        return this;
    }

    public GivenDocument receivedAt(Instant instant) {
        receivedAt = instant;
        return this;
    }

    public GivenDocument perBatch(int blocks) {
        perBatch = blocks;
        return this;
    }

    public GivenDocument breakingAt(Where where, RuntimeException thrown) {
        breaksAt = where;
        failure = thrown;
        return this;
    }

    /** Runs while the store reads, after the first batch. */
    public GivenDocument meanwhile(Runnable work) {
        meanwhile = work;
        return this;
    }

    private void maybeBreak(Where where) {
        if (breaksAt == where && failure != null) {
            throw failure;
        }
    }

    /** How often a store read it from the start. */
    public int passes() {
        return passes;
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

    @Override
    public synchronized Iterator<Reject> rejects() {
        return List.copyOf(rejects).iterator();
    }

    @Override
    public synchronized long rejected() {
        return rejects.size();
    }

    @Override
    public synchronized List<Notice> notices() {
        return List.copyOf(notices.values());
    }

    @Override
    public synchronized Pass pass(SeriesIds ids) {
        maybeBreak(Where.PASS);
        passes++;
        rejects.clear();
        notices.clear();
        rejects.addAll(ownRejects);
        return new ListPass(ids);
    }

    private final class ListPass implements Pass {
        private final SeriesIds ids;
        /** As threads may take a document's chunks in another order each time, every other pass deals from the end. */
        private final List<Item> dealt;

        private int next;

        ListPass(SeriesIds ids) {
            this.ids = ids;
            dealt = passes % 2 == 1 ? items : items.reversed();
        }

        @Override
        public BlockCursor cursor() {
            maybeBreak(Where.CURSOR);
            return this::deal;
        }

        private boolean deal(BlockBatch batch) {
            batch.clear();
            boolean first;
            List<Item> mine;
            synchronized (this) {
                first = next == 0;
                mine = dealt.subList(next, Math.min(dealt.size(), next + perBatch));
                next += mine.size();
            }
            if (first) {
                maybeBreak(Where.FIRST_BATCH);
            } else {
                maybeBreak(Where.LATER_BATCH);
                if (meanwhile != null) {
                    meanwhile.run();
                }
            }
            for (Item item : mine) {
                batch.add(ids.id(item.series), item.block, item.line);
            }
            return batch.size > 0;
        }

        @Override
        public Contents contents() {
            maybeBreak(Where.CONTENTS);
            long rows = line - firstLine;
            return new Contents(digest, 100L * rows, "given", settings, rows);
        }

        @Override
        public void reject(Reject reject) {
            synchronized (GivenDocument.this) {
                rejects.add(reject);
            }
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            synchronized (GivenDocument.this) {
                notices.merge(
                        code,
                        new Notice(code, 1, line, message),
                        (a, b) -> new Notice(code, a.count() + 1, Math.min(a.firstLine(), b.firstLine()), a.message()));
            }
        }

        @Override
        public void close() {}
    }
}
