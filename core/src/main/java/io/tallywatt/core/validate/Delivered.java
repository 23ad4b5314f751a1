package io.tallywatt.core.validate;

import java.util.ArrayList;
import java.util.List;

/** What one delivery gave of a series that was not there before. */
final class Delivered {
    final SeriesMemory memory;
    final JudgeSettings settings;
    final long id;
    /** Epoch seconds. */
    final long receivedAt;

    private final List<Late> late = new ArrayList<>();
    private int fresh;

    Delivered(SeriesMemory memory, JudgeSettings settings, long id, long receivedAt) {
        this.memory = memory;
        this.settings = settings;
        this.id = id;
        this.receivedAt = receivedAt;
    }

    /**
     * A reading that was received after it was due.
     *
     * @param start epoch seconds
     * @param end epoch seconds
     * @param due until when it should have been received, epoch seconds
     */
    record Late(long start, long end, long due) {}

    void add(long start, long end) {
        fresh++;
        long due = end + settings.lateAfter().toSeconds();
        if (receivedAt > due) {
            late.add(new Late(start, end, due));
        }
    }

    /** How many readings it gave of intervals that had none. */
    int fresh() {
        return fresh;
    }

    /** Those of them that were received after they were due, in the order in which they were given. */
    List<Late> late() {
        return late;
    }
}
