package io.tallywatt.server.inbox;

import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoreException.Kind;
import io.tallywatt.server.report.Text;
import java.io.IOException;

/** Looks whether the disk of the data folder has room for what is to be taken. */
record Room(Receiving receiving) {
    /** So much stays free on the disk: a store that cannot write its journal cannot take anything back either. */
    private static final long SPARE = 64L << 20;

    /** @throws StoreException if there is not even room for this */
    void check(long bytes) throws IOException {
        long free = receiving.freeSpace().bytes(receiving.dataFolder());
        long needed = Math.max(SPARE, bytes);
        if (free < needed) {
            throw new StoreException(
                    Kind.RESOURCES,
                    "the disk of the data folder has " + Text.count(free >> 20) + " MB free, and "
                            + Text.count(needed >> 20) + " MB are needed");
        }
    }

    /** Whether a file finds room that is bigger than what is kept free anyway. */
    boolean isFor(long bytes) throws IOException {
        check(0);
        return receiving.freeSpace().bytes(receiving.dataFolder()) >= bytes;
    }
}
