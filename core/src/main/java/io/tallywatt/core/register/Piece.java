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
 */
record Piece(long start, long end, long nano, Quality quality) {
    long seconds() {
        return end - start;
    }

    /** How much of its time lies in a stretch. */
    long within(long from, long to) {
        return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }

    /** Its energy up to an instant inside, by time. What is left is the energy of the rest, so that the two sum exactly. */
    long upTo(long instant) {
        return share(nano, Math.clamp(instant - start, 0, seconds()), seconds());
    }

    /** Its energy from one instant to another, by time; parts that meet sum exactly. */
    long between(long from, long to) {
        return upTo(to) - upTo(from);
    }

    static long share(long nano, long seconds, long of) {
        return BigDecimal.valueOf(nano)
                .multiply(BigDecimal.valueOf(seconds))
                .divide(BigDecimal.valueOf(of), 0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
