package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a site made and what it used over one interval. At least one of the two is known.
 *
 * @param site its key, as the source wrote it
 * @param zone of its series
 * @param interval as it was sent
 * @param generation what it made, null where that is missing
 * @param consumption what it used, likewise
 */
public record SiteRecord(
        String site,
        ZoneId zone,
        Interval interval,
        @Nullable Side generation,
        @Nullable Side consumption) {

    /**
     * One of the two values.
     *
     * @param energyKwh as reported, with the fewest decimals
     * @param quality never MISSING
     * @param doubted whether an open finding says that the value is not right
     */
    public record Side(BigDecimal energyKwh, Quality quality, boolean doubted) {
        public Side {
            if (quality == Quality.MISSING) {
                throw new IllegalArgumentException("A side that is missing is none");
            }
            energyKwh = Scaled.trim(energyKwh);
        }

        /** Whether it is impossible, or found to be wrong. */
        public boolean anomaly() {
            return doubted || quality == Quality.INVALID;
        }

        Side doubtedToo() {
            return doubted ? this : new Side(energyKwh, quality, true);
        }
    }

    public SiteRecord {
        if (generation == null && consumption == null) {
            throw new IllegalArgumentException("A record has at least one side");
        }
    }

    /** kWh, null where it is missing. */
    public @Nullable BigDecimal generated() {
        return generation == null ? null : generation.energyKwh();
    }

    /** kWh, null where it is missing. */
    public @Nullable BigDecimal consumed() {
        return consumption == null ? null : consumption.energyKwh();
    }

    /** What is left over: generated - consumed, to the last digit; null where either is missing. */
    public @Nullable BigDecimal net() {
        return generation == null || consumption == null
                ? null
                : Scaled.trim(generation.energyKwh().subtract(consumption.energyKwh()));
    }

    /** Whether a side is impossible, or an open finding says that its value is not right. */
    public boolean anomaly() {
        return generation != null && generation.anomaly() || consumption != null && consumption.anomaly();
    }
}
