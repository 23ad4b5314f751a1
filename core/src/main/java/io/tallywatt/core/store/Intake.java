package io.tallywatt.core.store;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.Remarks;
import io.tallywatt.core.reading.SeriesIds;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * A document on its way into a store. The store pulls: it opens a pass, reads it by as many cursors as it has threads, and
 * asks for what the pass learned. It may open a second pass (the first is then as if it had not been).
 */
public interface Intake {
    /** The document's name, for the ledger. */
    String name();

    /** Fixed once, at the door. */
    Instant receivedAt();

    /** Zone of the days that the blocks stand on. */
    java.time.ZoneId zone();

    /** The unit of the values, kept with a series from its first delivery; a series of another one takes none of them. */
    String unit();

    /**
     * Whether to read the document even if the same bytes were taken before, read the same way: what could not be taken
     * then may be possible now.
     */
    default boolean again() {
        return false;
    }

    /** Starts reading at the document's first byte. */
    Pass pass(SeriesIds ids);

    /** One reading of the document from its first byte to its last. */
    interface Pass extends Remarks, AutoCloseable {
        /** A cursor for the calling thread; several may run at once. */
        BlockCursor cursor();

        /** After every cursor came to its end: what the document held. */
        Contents contents();

        /** Reports something that only the store could see. */
        @Override
        void reject(Reject reject);

        /** Likewise, for what was taken with a remark. */
        @Override
        void notice(NoticeCode code, long line, String message);

        @Override
        void close();
    }

    /**
     * What a pass learned.
     *
     * @param digest SHA-256, lower-case hex
     * @param bytes size of the document, unpacked
     * @param format name of the format
     * @param settings how it was read
     * @param rows rows seen
     */
    record Contents(String digest, long bytes, String format, String settings, long rows) {}

    /** The rejects of the pass so far, in the order of their lines as far as memory allows; readable again. */
    Iterator<Reject> rejects();

    long rejected();

    List<Notice> notices();
}
