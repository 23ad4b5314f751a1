package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** The smallest pipeline there can be: reads a document from memory, in chunks cut anywhere between rows. */
final class Documents {
    private Documents() {}

    /** One block as it came out; the series is its key where it is a meter's consumption. */
    record Block(String series, DayBlock block, long line) {}

    /** Everything that came out of a document. */
    static final class Outcome implements Remarks {
        final List<Block> blocks = new ArrayList<>();
        final List<Reject> rejects = new ArrayList<>();
        final Map<NoticeCode, Integer> notices = new TreeMap<>();
        final List<String> noticeMessages = new ArrayList<>();
        Layout layout;
        long rows;

        Outcome(Layout layout) {
            this.layout = layout;
        }

        @Override
        public void reject(Reject reject) {
            rejects.add(reject);
        }

        @Override
        public void notice(NoticeCode code, long line, String message) {
            notices.merge(code, 1, Integer::sum);
            noticeMessages.add(message);
        }

        /** The readings laid over each other in the order of lines, as the store does. */
        Map<String, Reading> readings(ZoneId zone) {
            List<Block> ordered = new ArrayList<>(blocks);
            ordered.sort(Comparator.comparingLong(Block::line));
            Map<String, Reading> readings = new TreeMap<>();
            for (Block block : ordered) {
                long dayEnd = block.block.date().plusDays(1).atStartOfDay(zone).toEpochSecond();
                for (Reading reading : block.block.readings(dayEnd)) {
                    if (reading.quality() != Quality.MISSING) {
                        readings.put(block.series + " " + reading.interval().start(), reading);
                    }
                }
            }
            return readings;
        }

        /** Blocks, rejects and notices in one comparable text. */
        String summary(ZoneId zone) {
            List<String> lines = new ArrayList<>();
            readings(zone)
                    .forEach((key, reading) -> lines.add(key + " "
                            + reading.interval().duration() + " " + reading.value() + " " + reading.quality()));
            List<Reject> ordered = new ArrayList<>(rejects);
            ordered.sort(Comparator.comparingLong(Reject::line));
            ordered.forEach(reject -> lines.add(reject.toString()));
            lines.add(notices.toString());
            lines.add("rows " + rows);
            return String.join("\n", lines);
        }
    }

    static Outcome read(String text) {
        return read(text, ReadingOptions.in(ZoneId.of("Europe/London")));
    }

    static Outcome read(String text, ReadingOptions options) {
        return read(text.getBytes(StandardCharsets.UTF_8), "test.csv", options);
    }

    static Outcome read(byte[] bytes, String name, ReadingOptions options) {
        return read(bytes, name, options, size -> size);
    }

    /** Cuts the document at random. */
    static Outcome readInPieces(byte[] bytes, String name, ReadingOptions options, Random random) {
        return read(bytes, name, options, size -> 1 + random.nextInt(400));
    }

    private static Outcome read(byte[] bytes, String name, ReadingOptions options, IntUnaryOperator pieces) {
        Head head = new Head(
                bytes.length <= Head.SIZE ? bytes : Arrays.copyOf(bytes, Head.SIZE), bytes.length <= Head.SIZE, name);
        return read(bytes, Formats.recognise(head, options), pieces);
    }

    static Outcome read(byte[] bytes, Layout recognised) {
        return read(bytes, recognised, size -> size);
    }

    private static Outcome read(byte[] bytes, Layout recognised, IntUnaryOperator pieces) {
        Layout layout = recognised;
        List<Chunk> chunks = cut(bytes, layout, pieces);
        for (Chunk chunk : chunks) {
            if (layout.undecided()) {
                layout = layout.decided(chunk);
            }
        }
        Outcome outcome = new Outcome(layout);
        SeriesIds ids = new SeriesIds();
        RowReader reader = layout.reader(ids, outcome);
        BlockBatch batch = new BlockBatch();
        for (Chunk chunk : chunks) {
            reader.start(chunk);
            boolean done;
            do {
                batch.clear();
                done = reader.fill(batch);
                collect(batch, ids, outcome);
            } while (!done);
        }
        boolean drained;
        do {
            batch.clear();
            drained = reader.drain(batch);
            collect(batch, ids, outcome);
        } while (!drained);
        outcome.rows = reader.rows();
        return outcome;
    }

    private static List<Chunk> cut(byte[] bytes, Layout layout, IntUnaryOperator pieces) {
        List<Chunk> chunks = new ArrayList<>();
        int from = layout.bodyOffset();
        long at = layout.bodyLine();
        while (from < bytes.length) {
            int size = pieces.applyAsInt(bytes.length - from);
            int to = from;
            while (to == from) {
                int end = Math.min(bytes.length, from + size);
                to = end == bytes.length ? end : layout.lastEnd(bytes, from, end);
                size *= 2;
            }
            // Bytes of their own, with rubbish round them: a reader must not look outside.
            byte[] own = new byte[to - from + 24];
            Arrays.fill(own, (byte) '7');
            System.arraycopy(bytes, from, own, 11, to - from);
            Chunk chunk = new Chunk(own);
            chunk.from = 11;
            chunk.to = 11 + to - from;
            chunk.firstLine = at;
            chunk.last = to == bytes.length;
            chunks.add(chunk);
            at += Sheet.lineFeeds(bytes, from, to);
            from = to;
        }
        return chunks;
    }

    private static void collect(BlockBatch batch, SeriesIds ids, Outcome outcome) {
        for (int b = 0; b < batch.size; b++) {
            Series series = ids.series(batch.series[b]);
            String name = series.countsInTotals() && series.channel() == null ? series.key() : series.toString();
            outcome.blocks.add(new Block(name, batch.block(b), batch.line[b]));
        }
    }
}
