package io.tallywatt.core.query;

import io.tallywatt.core.store.StoredFinding;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A finding as it is shown.
 *
 * @param zone of its series, UTC where that is not known
 */
public record Anomaly(StoredFinding found, ZoneId zone) {

    /** The local date on which it starts. */
    public LocalDate date() {
        return found.finding().interval().start().atZone(zone).toLocalDate();
    }

    /** Whether it holds still. */
    public boolean open() {
        return found.resolvedAt() == null;
    }
}
