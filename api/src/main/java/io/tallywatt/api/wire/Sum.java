package io.tallywatt.api.wire;

import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.Counts;

/** What came of all documents together. */
public record Sum(long files, long taken, long known, long quarantined, long refused, Counts counts) {
    public static final Sum NONE = new Sum(0, 0, 0, 0, 0, Counts.NONE);

    public Sum plus(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken t ->
                new Sum(
                        files + 1,
                        taken + 1,
                        known,
                        quarantined,
                        refused,
                        counts.plus(t.delivery().counts()));
            case Outcome.Known k -> new Sum(files + 1, taken, known + 1, quarantined, refused, counts);
            case Outcome.Quarantined q -> new Sum(files + 1, taken, known, quarantined + 1, refused, counts);
            case Outcome.Refused r -> new Sum(files + 1, taken, known, quarantined, refused + 1, counts);
        };
    }

    /** Whether every row of every file was taken, now or before. */
    public boolean complete() {
        return quarantined == 0 && refused == 0 && counts.rejected() == 0;
    }
}
