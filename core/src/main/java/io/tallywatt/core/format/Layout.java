package io.tallywatt.core.format;

import io.tallywatt.core.format.ReadingOptions.DateOrder;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.reading.Units;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one document is read: the columns found and everything that was settled about them. Immutable. */
public interface Layout {
    /** Name of the format. */
    String format();

    /** Everything settled, in words, for {@code --dry-run} and for reports. */
    List<Decision> decisions();

    /**
     * The settled options as one line of text. The same bytes read by the same settings are the same delivery.
     */
    String settings();

    /** The unit of all values; a document has one. */
    default String unit() {
        return Units.ENERGY;
    }

    /** The zone of the days, where the document itself settles it; null leaves it to whoever has it read. */
    default @Nullable ZoneId zone() {
        return null;
    }

    /** Where the rows begin, after byte order mark and header: an offset into the document. */
    int bodyOffset();

    /** 1-based line at {@link #bodyOffset}. */
    long bodyLine();

    /**
     * Whether rows depend on those before them, so that one reader has to see all chunks in order. Otherwise every
     * chunk may be read by any thread.
     */
    boolean ordered();

    /** Whether {@link #decided} needs to see the rows before anything is read. */
    boolean undecided();

    /**
     * Looks at a chunk for what the head left open (the order of dates).
     *
     * @return the layout with everything settled, or this one if the chunk does not tell
     */
    Layout decided(Chunk chunk);

    /**
     * Where the document, which goes on after {@code to}, may be cut into chunks: behind the last row that certainly ends
     * in {@code bytes[from..to)}, or {@code from} if none does. Readers that put together themselves what was cut say
     * {@code to}.
     */
    int lastEnd(byte[] bytes, int from, int to);

    /**
     * Whether the rows may be read in parts, each by itself, to the same end as all of them in one go. Formats whose readers put
     * together themselves what was cut cannot.
     */
    default boolean divisible() {
        return false;
    }

    /**
     * Where a part may begin: at the first row of a chunk that does not depend on those before it.
     *
     * @return a position in the chunk, {@code chunk.to} if no row of it will do
     */
    default int partBegin(Chunk chunk) {
        return chunk.from;
    }

    /** What was settled about the order of dates by rows after the head; null where nothing was, or none was needed. */
    default @Nullable DateOrder dateOrder() {
        return null;
    }

    /** A reader for one thread. */
    RowReader reader(SeriesIds ids, Remarks remarks);

    /**
     * One settled question.
     *
     * @param what {@code meter column}, {@code zone}, {@code dates}, ...
     * @param value what it was settled to
     * @param why where that comes from: an option, the header, the rows themselves, or a default
     */
    record Decision(String what, String value, String why) {}
}
