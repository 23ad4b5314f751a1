package io.tallywatt.core.register;

import io.tallywatt.core.reading.Quality;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Energy of a stretch of time.
 *
 * @param start epoch seconds
 * @param end epoch seconds, later
 * @param nano 10^-9 kWh
 * @param sure whether the energy is as sure as the reads; of an estimate only how it is spread is not known then
 */
record Piece(long start, long end, long nano, Quality quality, boolean sure) {
    static Piece of(long start, long end, long nano, Quality quality) {
        return new Piece(start, end, nano, quality, quality == Quality.ACTUAL);
    }

    long seconds() {
        return end - start;
    }

    /** How much of its time lies in a stretch. */
    long within(long from, long to) {
        return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }

    /** Its energy from one instant to another, by time; parts that meet sum exactly. What lies outside has none. */
    long between(long from, long to) {
        return upTo(to) - upTo(from);
    }

    private long upTo(long instant) {
        return share(nano, Math.clamp(instant - start, 0, seconds()), seconds());
    }

    static long share(long nano, long part, long of) {
        return BigDecimal.valueOf(nano)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(of), 0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
