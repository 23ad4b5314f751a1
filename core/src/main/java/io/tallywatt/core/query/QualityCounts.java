package io.tallywatt.core.query;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.rollup.Tally;

/** How many intervals a total stands on, by quality; {@code expected} is the sum of the others. */
public record QualityCounts(long expected, long actual, long estimated, long substituted, long invalid, long missing) {
    static QualityCounts of(Tally t) {
        return new QualityCounts(t.expected(), t.actual(), t.estimated(), t.substituted(), t.invalid(), t.missing());
    }

    static QualityCounts of(DayBlock block) {
        return new QualityCounts(
                block.length(),
                block.count(Quality.ACTUAL),
                block.count(Quality.ESTIMATED),
                block.count(Quality.SUBSTITUTED),
                block.count(Quality.INVALID),
                block.count(Quality.MISSING));
    }
}
