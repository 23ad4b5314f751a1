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
 * Sums energy readings into steps, one step in memory at a time. A reading that crosses a step's end is split by time; the
 * parts are ESTIMATED. What a reading has given by an instant is rounded down and depends on that instant alone, and a part is
 * the difference of two such amounts: so the parts sum exactly to the reading, and an hour is the sum of its minutes to the
 * last digit, in whatever steps it is asked for.
 */
final class Bucketing implements Iterator<Bucket> {
    private final Iterator<Reading> readings;
    private final Every every;
    private final ZoneId zone;

    private @Nullable Reading rest;
    private @Nullable Instant restStart;
    /** What of it went into earlier steps. */
    private BigDecimal given = BigDecimal.ZERO;

    private boolean split;

    Bucketing(Iterator<Reading> readings, Every every, ZoneId zone) {
        this.readings = readings;
        this.every = every;
        this.zone = zone;
    }

    @Override
    public boolean hasNext() {
        return rest != null || readings.hasNext();
    }

    @Override
    public Bucket next() {
        advance();
        if (rest == null || restStart == null) {
            throw new NoSuchElementException();
        }
        Interval step = every.around(restStart, zone);
        BigDecimal sum = BigDecimal.ZERO;
        @Nullable Quality worst = null;
        long covered = 0;
        while (rest != null && restStart != null && restStart.isBefore(step.end())) {
            Reading reading = rest;
            Instant from = restStart;
            boolean crosses = reading.interval().end().isAfter(step.end());
            Instant to = crosses ? step.end() : reading.interval().end();
            @Nullable BigDecimal value = reading.value();
            if (reading.quality().counts() && value != null) {
                BigDecimal until = crosses ? until(to, value, reading.interval()) : value;
                sum = sum.add(until.subtract(given));
                given = until;
                worst = worse(worst, split || crosses ? Quality.ESTIMATED : reading.quality());
                covered += Duration.between(from, to).toSeconds();
            }
            if (crosses) {
                split = true;
                restStart = to;
            } else {
                rest = null;
                advance();
            }
        }
        long missing = Duration.between(step.start(), step.end()).toSeconds() - covered;
        return worst == null ? new Bucket(step, null, Quality.MISSING, missing) : new Bucket(step, sum, worst, missing);
    }

    private void advance() {
        if (rest == null && readings.hasNext()) {
            Reading next = readings.next();
            rest = next;
            restStart = next.interval().start();
            given = BigDecimal.ZERO;
            split = false;
        }
    }

    /** What a reading has given by an instant inside it. */
    private static BigDecimal until(Instant to, BigDecimal value, Interval interval) {
        long seconds = Duration.between(interval.start(), to).toSeconds();
        return value.multiply(BigDecimal.valueOf(seconds))
                .divide(BigDecimal.valueOf(interval.duration().toSeconds()), Scaled.MAX_SCALE, RoundingMode.DOWN);
    }

    private static Quality worse(@Nullable Quality a, Quality b) {
        return a == null || b.compareTo(a) > 0 ? b : a;
    }
}
