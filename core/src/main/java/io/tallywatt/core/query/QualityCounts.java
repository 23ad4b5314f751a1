package io.tallywatt.core.query;

import io.tallywatt.core.rollup.Tally;

/** How many intervals a total stands on, by quality; {@code expected} is the sum of the others. */
public record QualityCounts(long expected, long actual, long estimated, long substituted, long invalid, long missing) {
    static QualityCounts of(Tally t) {
        return new QualityCounts(t.expected(), t.actual(), t.estimated(), t.substituted(), t.invalid(), t.missing());
    }
}
