package io.tallywatt.collectors.replies;

import io.tallywatt.core.format.Chunk;
import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.format.RowReader;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.reading.SeriesIds;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Documents of {@link Replies} of one source. */
public abstract class RepliesFormat implements Format {
    private final String source;
    private final int version;

    /**
     * @param source its short name, which is the format's too
     * @param version of the reading: raised whenever the same bytes come to be read differently, so that documents read
     *     before are replaced when they are read again
     */
    protected RepliesFormat(String source, int version) {
        this.source = source;
        this.version = version;
    }

    /** The unit of the values of a question's replies; the parts are not known yet. */
    protected abstract String unit(Replies head);

    /** The zone of the days, likewise. */
    protected abstract ZoneId zone(Replies head);

    /**
     * Reads what is in the replies.
     *
     * @throws UnreadableDocument if they are not what the source sends
     */
    protected abstract void read(Replies replies, Given given);

    @Override
    public final String name() {
        return source;
    }

    @Override
    public final Optional<Layout> recognise(Head head, ReadingOptions options) {
        try {
            @Nullable Replies replies = Replies.parse(head.bytes(), head.bytes().length, false);
            return replies == null || !replies.source().equals(source)
                    ? Optional.empty()
                    : Optional.of(new RepliesLayout(replies, unit(replies), zone(replies)));
        } catch (IllegalArgumentException e) {
            throw new UnreadableDocument(Reason.DAMAGED, String.valueOf(e.getMessage()), e);
        }
    }

    private final class RepliesLayout implements Layout {
        private final String what;
        private final String unit;
        private final ZoneId zone;

        RepliesLayout(Replies head, String unit, ZoneId zone) {
            this.what = head.question().what();
            this.unit = unit;
            this.zone = zone;
        }

        @Override
        public String format() {
            return source;
        }

        @Override
        public List<Decision> decisions() {
            return List.of(
                    new Decision("format", source, "head"),
                    new Decision("question", what, "head"),
                    new Decision("zone", zone.getId(), "head"),
                    new Decision("unit", unit, "head"));
        }

        @Override
        public String settings() {
            return "format=" + source + " version=" + version + " zone=" + zone.getId();
        }

        @Override
        public String unit() {
            return unit;
        }

        @Override
        public ZoneId zone() {
            return zone;
        }

        @Override
        public int bodyOffset() {
            return 0;
        }

        @Override
        public long bodyLine() {
            return 1;
        }

        @Override
        public boolean ordered() {
            return true;
        }

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
            return to;
        }

        @Override
        public RowReader reader(SeriesIds ids, Remarks remarks) {
            return new RepliesReader(RepliesFormat.this::read, zone, ids, remarks);
        }
    }
}
