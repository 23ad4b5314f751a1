package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Means of readings that are no energy (power, flow, price) over steps, one step in memory at a time: each reading weighs as
 * many seconds as it covers of the step, and what no reading covers weighs nothing. Exact, but for the division at the end:
 * nine decimals, half-even.
 *
 * <p>A reading that crosses a step's end is part of both with its value. What it was in either is not known of a mean, so
 * there it is ESTIMATED.
 */
final class Averaging implements Iterator<Bucket> {
    private final Iterator<Reading> readings;
    private final Every every;
    private final ZoneId zone;
    private final boolean holdsThroughout;

    private @Nullable Reading rest;
    private Instant restStart = Instant.MIN;

    /** @param holdsThroughout whether a value is as true of each part of its interval */
    Averaging(Iterator<Reading> readings, Every every, ZoneId zone, boolean holdsThroughout) {
        this.readings = readings;
        this.every = every;
        this.zone = zone;
        this.holdsThroughout = holdsThroughout;
    }

    @Override
    public boolean hasNext() {
        return rest != null || readings.hasNext();
    }

    @Override
    public Bucket next() {
        advance();
        if (rest == null) {
            throw new NoSuchElementException();
        }
        Interval step = every.around(restStart, zone);
        BigDecimal weighed = BigDecimal.ZERO;
        @Nullable Quality worst = null;
        long covered = 0;
        while (rest != null && restStart.isBefore(step.end())) {
            Reading reading = rest;
            Instant end = reading.interval().end();
            boolean crosses = end.isAfter(step.end());
            Instant until = crosses ? step.end() : end;
            BigDecimal value = reading.value();
            if (reading.quality().counts() && value != null) {
                long seconds = Duration.between(restStart, until).toSeconds();
                weighed = weighed.add(value.multiply(BigDecimal.valueOf(seconds)));
                covered += seconds;
                boolean part = crosses || restStart.isAfter(reading.interval().start());
                worst = worse(worst, reading.quality());
                if (part && !holdsThroughout) {
                    worst = worse(worst, Quality.ESTIMATED);
                }
            }
            if (crosses) {
                restStart = until;
            } else {
                rest = null;
                advance();
            }
        }
        long missing = Duration.between(step.start(), step.end()).toSeconds() - covered;
        if (worst == null) {
            return new Bucket(step, null, Quality.MISSING, missing);
        }
        BigDecimal mean = weighed.divide(BigDecimal.valueOf(covered), Scaled.MAX_SCALE, RoundingMode.HALF_EVEN);
        return new Bucket(step, mean, worst, missing);
    }

    private static Quality worse(@Nullable Quality a, Quality b) {
        return a == null || b.compareTo(a) > 0 ? b : a;
    }

    private void advance() {
        if (rest == null && readings.hasNext()) {
            Reading next = readings.next();
            rest = next;
            restStart = next.interval().start();
        }
    }
}
