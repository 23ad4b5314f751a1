package io.tallywatt.core.rollup;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Counts and energy of some blocks, or the difference between two states of them (then some parts are negative).
 *
 * @param energyKwh sum of the readings that count
 * @param meters distinct meters with at least one reading that counts
 * @param silent meters seen in the 35 days before, but not on the day
 * @param expected intervals of the blocks' days
 */
public record Tally(
        BigDecimal energyKwh,
        long meters,
        long silent,
        long expected,
        long actual,
        long estimated,
        long substituted,
        long invalid) {
    public static final Tally NONE = new Tally(BigDecimal.ZERO, 0, 0, 0, 0, 0, 0, 0);

    /** Of one block, without meters and silent, which are not a block's to know. */
    public static Tally of(@Nullable DayBlock block) {
        if (block == null) {
            return NONE;
        }
        return new Tally(
                block.total(),
                0,
                0,
                block.length(),
                block.count(Quality.ACTUAL),
                block.count(Quality.ESTIMATED),
                block.count(Quality.SUBSTITUTED),
                block.count(Quality.INVALID));
    }

    public long missing() {
        return expected - actual - estimated - substituted - invalid;
    }

    public Tally plus(Tally o) {
        return new Tally(
                energyKwh.add(o.energyKwh),
                meters + o.meters,
                silent + o.silent,
                expected + o.expected,
                actual + o.actual,
                estimated + o.estimated,
                substituted + o.substituted,
                invalid + o.invalid);
    }

    public Tally minus(Tally o) {
        return plus(new Tally(
                o.energyKwh.negate(),
                -o.meters,
                -o.silent,
                -o.expected,
                -o.actual,
                -o.estimated,
                -o.substituted,
                -o.invalid));
    }

    public boolean isZero() {
        return energyKwh.signum() == 0
                && meters == 0
                && silent == 0
                && expected == 0
                && actual == 0
                && estimated == 0
                && substituted == 0
                && invalid == 0;
    }
}
