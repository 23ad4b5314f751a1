package io.tallywatt.core.alert;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far alerting has come, so that a restart neither repeats nor forgets an alert. Each notifier has come as far as it could by
 * itself: while one cannot send, the others go on. What is kept for one has no effect on what another is told.
 */
public interface AlertLog {

    /**
     * What one notifier was told of the findings of one series and rule. Findings are known by where their intervals start.
     *
     * @param foundAt when it last was told that something is found, null if never
     * @param open whether it was, and not told since that it is over
     * @param severity the greatest of those that wait, INFO where none does
     * @param told starts of what it was told since it is open, ascending; of what could not be told for good likewise
     * @param waiting starts of what it is still to be told, ascending
     */
    record Group(
            Series series,
            RuleName rule,
            @Nullable Instant foundAt,
            boolean open,
            Severity severity,
            List<Instant> told,
            List<Instant> waiting) {}

    /**
     * How far one notifier has come.
     *
     * @param position number of the last change of a finding that was looked at ({@code StoredFinding.number}), 0 at first
     * @param sent when alerts were sent lately, ascending
     * @param groups all of them, in any order
     */
    record State(long position, List<Instant> sent, List<Group> groups) {
        /** Of a notifier of which nothing is kept. */
        public static final State NEW = new State(0, List.of(), List.of());
    }

    /** What is kept for a notifier. */
    State state(String notifier);

    /**
     * Keeps how far a notifier has come, together or not at all.
     *
     * @param sent replaces what was kept of it
     * @param changed each replaces what was kept of its series and rule; groups not named stay as they are
     */
    void keep(String notifier, long position, List<Instant> sent, List<Group> changed);
}
