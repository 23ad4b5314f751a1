package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What one source last said of a border or a cable.
 *
 * @param interval of which the flow is the mean
 * @param mw positive from the border's first zone to its second; of a border by its cables, the exact sum of those that are
 *     known
 * @param quality of the worst that is part of it
 * @param age since the interval ended, zero while it lasts
 * @param stale whether it is older than its source usually lets it become
 * @param capacityMw what can flow on the interval's date, empty where that is not known
 * @param cablesKnown how many cables are part of the sum; 0 where it is no sum
 * @param cables how many are in service on the interval's date; 0 where it is no sum
 */
public record FlowAt(
        FlowSource source,
        Interval interval,
        BigDecimal mw,
        Quality quality,
        Duration age,
        boolean stale,
        OptionalInt capacityMw,
        int cablesKnown,
        int cables) {
    private static final int SHARE_DIGITS = 4;
    private static final BigDecimal JUST_BELOW_ONE = new BigDecimal("0.9999");

    /** Whether it lacks a cable, so that the border as a whole is not known. */
    public boolean partial() {
        return cablesKnown < cables;
    }

    /**
     * The flow, whatever its direction, as a share of the capacity: four digits, half-even, 1 only if it is all of it. Null
     * where the capacity is not known, or the flow is not that of all cables.
     */
    public @Nullable BigDecimal share() {
        if (partial() || capacityMw.isEmpty()) {
            return null;
        }
        BigDecimal capacity = BigDecimal.valueOf(capacityMw.getAsInt());
        BigDecimal share = mw.abs().divide(capacity, SHARE_DIGITS, RoundingMode.HALF_EVEN);
        return mw.abs().compareTo(capacity) < 0 ? share.min(JUST_BELOW_ONE) : share;
    }
}
