package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a date's total is what it is: by quality, by delivery, over the day, and what it was before.
 *
 * @param total what is explained
 * @param qualities what of it is of which quality, those that occur
 * @param deliveries what it came from, the largest share first, at most {@link #MOST_DELIVERIES}
 * @param deliveryCount how many there are
 * @param profile its shape over the day
 * @param history what it was as of each instant at which it changed, the latest last, at most {@link #MOST_CHANGES}; that of
 *     all meters, whatever {@code asOf} says
 */
public record Breakdown(
        Total total,
        List<OfQuality> qualities,
        List<OfDelivery> deliveries,
        int deliveryCount,
        Profile profile,
        List<Total> history) {
    public static final int MOST_DELIVERIES = 100;
    public static final int MOST_CHANGES = 200;

    /**
     * The part of one quality.
     *
     * @param intervals how many
     * @param energyKwh their exact sum; null where the quality does not count
     */
    public record OfQuality(
            Quality quality, long intervals, @Nullable BigDecimal energyKwh) {}

    /**
     * What one delivery gave.
     *
     * @param blocks meter-days of which it decides: its reading is the latest for at least one interval, and no later delivery
     *     gave any
     * @param readings intervals that stand as it gave them, in whatever block
     * @param energyKwh exact total of the blocks it decides; over all deliveries this is the date's total
     */
    public record OfDelivery(long delivery, String name, long blocks, long readings, BigDecimal energyKwh) {}

    /**
     * What meters use over the day: of all that are read in the steps and the zone in which most are.
     *
     * @param seconds of a step, 0 where no meter is read in steps
     * @param zone of the times, {@code -} where there is none
     * @param meters that are part of it
     * @param others that are not: read in other steps, or in another zone
     */
    public record Profile(int seconds, String zone, long meters, long others, List<Step> steps) {}

    /**
     * One step.
     *
     * @param meters with a reading that counts
     * @param mean of those, kWh, nine digits, half-even; null where there is none
     * @param q10 a tenth of those use no more, kWh; nearest rank, to four significant digits; null where there is none
     */
    public record Step(
            Interval interval,
            long meters,
            @Nullable BigDecimal mean,
            @Nullable BigDecimal q10,
            @Nullable BigDecimal q25,
            @Nullable BigDecimal q75,
            @Nullable BigDecimal q90) {}
}
