package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Formats;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.reading.SeriesIds;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of a document, as a store pulls it in: read as its rows would be in the whole document. */
public final class PartIntake extends DocumentIntake {
    private final int number;

    private PartIntake(Document body, Layout layout, ZoneId zone, int number) {
        super(body, layout, zone, false, Progress.NONE);
        this.number = number;
    }

    /**
     * @param head the first {@link Head#SIZE} bytes of the whole document, or all of them
     * @param body the bytes of the part; named and received as the whole is
     * @param dateOrder as the splitting found it
     * @param settings that the whole is read by
     * @throws IllegalStateException if it would be read in another way than the whole was: the options have changed meanwhile
     */
    public static PartIntake of(
            byte[] head,
            Document body,
            Splitting.Part part,
            ReadingOptions options,
            @Nullable DateOrder dateOrder,
            String settings) {
        ReadingOptions settled = dateOrder == null ? options : options.withDateOrder(dateOrder);
        Layout layout = Formats.recognise(
                new Head(head, head.length < Head.SIZE, body.name(), body.receivedAt()), settled, List.of());
        if (!layout.settings().equals(settings)) {
            throw new IllegalStateException("Part " + part.number() + " of " + body.name() + " would be read by '"
                    + layout.settings() + "', but the file was split to be read by '" + settings + "'");
        }
        ZoneId zone = Ingest.zone(layout, settled);
        return new PartIntake(body, new PartLayout(layout, part.firstLine()), zone, part.number());
    }

    /** What is said of the whole document is said once, by its first part. */
    @Override
    public List<Notice> notices() {
        return super.notices().stream()
                .filter(notice -> number == 0 || notice.firstLine() > 0)
                .toList();
    }

    /** The layout of rows that begin at once, without a header. */
    private record PartLayout(Layout layout, long firstLine) implements Layout {
        @Override
        public String format() {
            return layout.format();
        }

        @Override
        public List<Decision> decisions() {
            return layout.decisions();
        }

        @Override
        public String settings() {
            return layout.settings();
        }

        @Override
        public String unit() {
            return layout.unit();
        }

        @Override
        public @Nullable ZoneId zone() {
            return layout.zone();
        }

        @Override
        public int bodyOffset() {
            return 0;
        }

        @Override
        public long bodyLine() {
            return firstLine;
        }

        @Override
        public boolean ordered() {
            return layout.ordered();
        }

        /** What the whole document did not settle, a part of it does not either. */
        @Override
        public boolean undecided() {
            return false;
        }

        @Override
        public Layout decided(Chunk chunk) {
            return this;
        }

        @Override
        public int lastEnd(byte[] bytes, int from, int to) {
            return layout.lastEnd(bytes, from, to);
        }

        @Override
        public RowReader reader(SeriesIds ids, Remarks remarks) {
            return layout.reader(ids, remarks);
        }
    }
}
