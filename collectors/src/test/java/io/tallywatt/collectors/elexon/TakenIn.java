package io.tallywatt.collectors.elexon;

import io.tallywatt.collectors.replies.Replies;
import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A document, read as the intake reads it. */
final class TakenIn implements Remarks {
    static final Instant FETCHED = Instant.parse("2026-11-01T00:00:00Z");

    final List<Reject> rejects = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    /** By series, and then by start. */
    final Map<String, TreeMap<Instant, Reading>> readings = new TreeMap<>();

    Layout layout;
    long rows;

    /** A reply as it is kept. */
    static byte[] document(byte[] body, Instant fetched) {
        return document("fuelinst", body, fetched);
    }

    private static byte[] document(String what, byte[] body, Instant fetched) {
        Question question = new Question(
                what, new Interval(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T00:00:00Z")));
        return new Replies("elexon", question, fetched, Map.of(), List.of(new Replies.Part(what, body))).bytes();
    }

    static TakenIn of(String body) {
        return of(document(body.getBytes(StandardCharsets.UTF_8), FETCHED), 1 << 20);
    }

    static TakenIn ofPrices(String body) {
        return of(document("system-prices", body.getBytes(StandardCharsets.UTF_8), FETCHED), 1 << 20);
    }

    static TakenIn of(byte[] document, int pieces) {
        TakenIn taken = new TakenIn();
        taken.read(new ElexonFormat(), document, pieces);
        return taken;
    }

    private void read(Format format, byte[] document, int pieces) {
        Head head = new Head(
                Arrays.copyOf(document, Math.min(document.length, Head.SIZE)), document.length <= Head.SIZE, "x");
        layout = format.recognise(head, ReadingOptions.in(ZoneId.of("UTC"))).orElseThrow();
        SeriesIds ids = new SeriesIds();
        RowReader reader = layout.reader(ids, this);
        BlockBatch batch = new BlockBatch();
        for (int from = 0; from < document.length; from += pieces) {
            Chunk chunk = new Chunk(document);
            chunk.from = from;
            chunk.to = Math.min(document.length, from + pieces);
            chunk.last = chunk.to == document.length;
            reader.start(chunk);
            boolean usedUp;
            do {
                batch.clear();
                usedUp = reader.fill(batch);
                collect(batch, ids);
            } while (!usedUp);
        }
        boolean drained;
        do {
            batch.clear();
            drained = reader.drain(batch);
            collect(batch, ids);
        } while (!drained);
        rows = reader.rows();
    }

    private void collect(BlockBatch batch, SeriesIds ids) {
        for (int b = 0; b < batch.size; b++) {
            String series = ids.series(batch.series[b]).toString();
            for (Reading reading : batch.block(b).readings(Long.MAX_VALUE / 2)) {
                Reading before = readings.computeIfAbsent(series, s -> new TreeMap<>())
                        .put(reading.interval().start(), reading);
                if (before != null) {
                    throw new AssertionError("Twice: " + series + " " + before);
                }
            }
        }
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(reject);
    }

    @Override
    public void notice(NoticeCode code, long line, String message) {
        notices.add(code + " " + message);
    }

    long count() {
        return readings.values().stream().mapToLong(Map::size).sum();
    }

    /** The latest value of each cable. */
    Map<String, BigDecimal> latest() {
        return readings.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey(),
                        e -> e.getValue().lastEntry().getValue().value(),
                        (a, b) -> a,
                        TreeMap::new));
    }
}
