package io.tallywatt.core.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of an {@link Alerter} came to.
 *
 * @param sent alerts that arrived
 * @param dropped alerts that the other side will never take
 * @param failure why the last one did not arrive, where another try may help; null where all arrived
 * @param failures tries in a row that failed so far, 0 where the last one did not
 * @param next when there may be something to send although no finding changed, null if there is nothing
 */
public record AlertRun(
        List<Alert> sent,
        List<Dropped> dropped,
        @Nullable String failure,
        int failures,
        @Nullable Instant next) {

    /** An alert that was given up, and why, in one line. */
    public record Dropped(Alert alert, String why) {}
}
