package io.tallywatt.collectors.replies;

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
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A document of replies, read as the pipeline reads it, and what came of it. */
public final class ReadReplies implements Remarks {
    /** @param day the local date of the block it came in */
    public record Row(Series series, LocalDate day, Reading reading, long line) {
        public BigDecimal value() {
            return reading.value();
        }

        public long seconds() {
            return reading.interval().duration().toSeconds();
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<NoticeCode, List<String>> notices = new TreeMap<>();
    private final Layout layout;

    private ReadReplies(Layout layout) {
        this.layout = layout;
    }

    public static ReadReplies read(Format format, byte[] document) {
        return read(format, document, document.length);
    }

    /** @param piece how many bytes are handed over at a time */
    public static ReadReplies read(Format format, byte[] document, int piece) {
        boolean whole = document.length <= Head.SIZE;
        Head head = new Head(whole ? document : Arrays.copyOf(document, Head.SIZE), whole, "replies");
        Layout layout = format.recognise(head, ReadingOptions.in(ZoneId.of("UTC")))
                .orElseThrow(() -> new AssertionError("Not recognised"));
        ReadReplies read = new ReadReplies(layout);
        SeriesIds ids = new SeriesIds();
        RowReader reader = layout.reader(ids, read);
        BlockBatch batch = new BlockBatch();
        for (int from = 0; from < document.length; from += piece) {
            Chunk chunk = new Chunk(document);
            chunk.from = from;
            chunk.to = Math.min(document.length, from + piece);
            chunk.firstLine = 1;
            chunk.last = chunk.to == document.length;
            reader.start(chunk);
            while (!reader.fill(batch)) {
                read.collect(batch, ids);
            }
            read.collect(batch, ids);
        }
        boolean drained;
        do {
            drained = reader.drain(batch);
            read.collect(batch, ids);
        } while (!drained);
        return read;
    }

    private void collect(BlockBatch batch, SeriesIds ids) {
        for (int b = 0; b < batch.size; b++) {
            DayBlock block = batch.block(b);
            Series series = ids.series(batch.series[b]);
            long dayEnd = block.date().plusDays(1).atStartOfDay(zone()).toEpochSecond();
            for (Reading reading : block.readings(dayEnd)) {
                rows.add(new Row(series, block.date(), reading, batch.line[b]));
            }
        }
        batch.clear();
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(reject);
    }

    @Override
    public void notice(NoticeCode code, long line, String message) {
        notices.computeIfAbsent(code, c -> new ArrayList<>()).add(message);
    }

    public List<Row> rows() {
        return rows;
    }

    public List<Reject> rejects() {
        return rejects;
    }

    public Map<NoticeCode, List<String>> notices() {
        return notices;
    }

    public ZoneId zone() {
        return layout.zone();
    }

    public String unit() {
        return layout.unit();
    }

    public List<LocalDate> days() {
        return rows.stream().map(Row::day).distinct().sorted().toList();
    }

    /** Value times hours, of a day: MWh of a flow. */
    public BigDecimal perHour(LocalDate day) {
        return sum(rows.stream().filter(r -> r.day().equals(day)).toList());
    }

    /** Value times hours, of all. */
    public BigDecimal perHour() {
        return sum(rows);
    }

    private static BigDecimal sum(List<Row> rows) {
        return rows.stream()
                .map(r -> r.value().multiply(BigDecimal.valueOf(r.seconds())))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(3600), 9, RoundingMode.UNNECESSARY)
                .stripTrailingZeros();
    }

    /** Mean over the time for which there is a value on a day, to four decimals. */
    public BigDecimal mean(LocalDate day) {
        List<Row> of = rows.stream().filter(r -> r.day().equals(day)).toList();
        BigDecimal weighted = of.stream()
                .map(r -> r.value().multiply(BigDecimal.valueOf(r.seconds())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        long seconds = of.stream().mapToLong(Row::seconds).sum();
        return weighted.divide(BigDecimal.valueOf(seconds), 4, RoundingMode.HALF_UP);
    }
}
