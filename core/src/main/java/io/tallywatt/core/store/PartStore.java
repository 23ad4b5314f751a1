package io.tallywatt.core.store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Takes documents that are too big for one run, part by part, in any order and on any machine. No answer shows anything of
 * such a document until its last part is in; then all of it counts at once, as if {@link BlockStore#take} had taken it whole.
 */
public interface PartStore {
    /**
     * A document as its parts have it in common.
     *
     * @param digest SHA-256 of the whole, unpacked, lower-case hex
     * @param bytes size of the whole, unpacked
     * @param settings how it is read, see {@code Layout.settings()}
     * @param unit of the values
     * @param parts how many there are
     */
    record Whole(
            String name,
            String digest,
            long bytes,
            String format,
            String settings,
            ZoneId zone,
            String unit,
            Instant receivedAt,
            int parts) {}

    /** What came of beginning. */
    sealed interface Begun {
        /** The same bytes were taken before, read the same way: there is nothing to do. */
        record Known(Delivery delivery) implements Begun {}

        /**
         * Its parts may come; or go on coming, where it was begun before.
         *
         * @param take what the parts are handed in under
         */
        record Open(String take) implements Begun {}
    }

    /** Makes ready for a document's parts. The same document is begun once, however often this is called. */
    Begun begin(Whole whole);

    /**
     * Takes one part. The same part may come again, also at the same time: it counts once.
     *
     * @param number from 0; lines are counted through the whole document
     * @return what came of the document, if this was the last of its parts that was missing, or all were in before
     * @throws io.tallywatt.core.format.UnreadableDocument if the part cannot be read
     */
    Optional<Taken> part(String take, int number, Intake intake);
}
