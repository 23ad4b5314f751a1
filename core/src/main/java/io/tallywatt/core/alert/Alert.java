package io.tallywatt.core.alert;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Instant;
import java.util.List;

/**
 * Something to tell: the findings of one series and rule since the last time, or that all of them are resolved.
 *
 * @param kind whether something is found or over
 * @param at when it was made
 * @param severity the greatest of its findings
 * @param count how many findings it stands for
 * @param examples the first few of them, oldest first; none where all of them were withdrawn
 * @param heldBack how many further alerts the limit per hour holds back now: told by the one that reaches the limit, 0 in others
 */
public record Alert(
        Kind kind,
        Series series,
        RuleName rule,
        Severity severity,
        Instant at,
        long count,
        List<StoredFinding> examples,
        long heldBack) {

    /** What an alert says. */
    public enum Kind {
        FOUND,
        RESOLVED
    }
}
