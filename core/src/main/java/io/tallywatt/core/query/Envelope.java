package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Readings for a picture that has less room than there are readings: of each step of time the smallest and the greatest, so
 * that no peak is lost, one step in memory at a time. A step of which nothing counts is left out: what is missing stays a gap.
 *
 * <p>A reading that is longer than a step is in each one that it covers.
 */
public final class Envelope implements Iterator<Envelope.Band> {
    /**
     * What is known of a step.
     *
     * @param interval the step
     * @param min smallest reading that counts
     * @param max greatest
     * @param quality of the worst that counts
     * @param missing seconds of the step without a reading that counts
     */
    public record Band(Interval interval, BigDecimal min, BigDecimal max, Quality quality, long missing) {}

    /** Steps that divide a day, then days. */
    private static final List<Integer> STEPS = List.of(
            1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800,
            43_200);

    private final Iterator<Reading> readings;
    private final Every every;
    private final ZoneId zone;
    private @Nullable Reading rest;
    private Instant restStart = Instant.MIN;
    private @Nullable Band ready;

    /** @param readings by time */
    public Envelope(Iterator<Reading> readings, Every every, ZoneId zone) {
        this.readings = readings;
        this.every = every;
        this.zone = zone;
    }

    /**
     * The shortest step of which a range has no more than so many.
     *
     * @return days where even those are too many: a picture of more than that many days shows days
     */
    public static Every step(Duration range, int most) {
        for (int seconds : STEPS) {
            if (range.toSeconds() <= (long) seconds * most) {
                return new Every.Step(new Resolution(seconds));
            }
        }
        return new Every.Day();
    }

    @Override
    public boolean hasNext() {
        while (ready == null) {
            advance();
            if (rest == null) {
                return false;
            }
            ready = band();
        }
        return true;
    }

    @Override
    public Band next() {
        if (!hasNext() || ready == null) {
            throw new NoSuchElementException();
        }
        Band next = ready;
        ready = null;
        return next;
    }

    private @Nullable Band band() {
        Interval step = every.around(restStart, zone);
        @Nullable BigDecimal min = null;
        @Nullable BigDecimal max = null;
        Quality worst = Quality.ACTUAL;
        long covered = 0;
        while (rest != null && restStart.isBefore(step.end())) {
            Reading reading = rest;
            Instant end = reading.interval().end();
            boolean crosses = end.isAfter(step.end());
            Instant until = crosses ? step.end() : end;
            BigDecimal value = reading.value();
            if (reading.quality().counts() && value != null) {
                min = min == null ? value : min.min(value);
                max = max == null ? value : max.max(value);
                worst = reading.quality().compareTo(worst) > 0 ? reading.quality() : worst;
                covered += Duration.between(restStart, until).toSeconds();
            }
            if (crosses) {
                restStart = until;
            } else {
                rest = null;
                advance();
            }
        }
        return min == null || max == null
                ? null
                : new Band(step, min, max, worst, step.duration().toSeconds() - covered);
    }

    private void advance() {
        if (rest == null && readings.hasNext()) {
            Reading next = readings.next();
            rest = next;
            restStart = next.interval().start();
        }
    }
}
