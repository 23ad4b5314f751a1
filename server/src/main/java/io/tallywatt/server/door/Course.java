package io.tallywatt.server.door;

import io.tallywatt.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Whether a command may still go on. */
final class Course {
    private volatile @Nullable String stopped;

    /** @param why a line for a person */
    void stop(String why) {
        stopped = why;
    }

    /** @throws StoreException once it was stopped: nothing that is not finished will be stored */
    void check() {
        String why = stopped;
        if (why != null) {
            throw new StoreException(StoreException.Kind.INTERNAL, why);
        }
    }
}
