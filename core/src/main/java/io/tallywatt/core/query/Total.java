package io.tallywatt.core.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The consumption of all meters on one date, exact.
 *
 * @param date of each series' own zone
 * @param zone that zone, {@code mixed} where they differ, {@code -} where no meter has a reading
 * @param unit always kWh
 * @param total sum of the readings that count
 * @param meters distinct meters with at least one such reading
 * @param silent meters seen in the 35 days before, but not on the day
 * @param quality what the total stands on
 * @param knownAt when the latest change to this date became known; null if nothing ever was
 * @param asOf the instant asked about, null for now
 */
public record Total(
        LocalDate date,
        String zone,
        String unit,
        BigDecimal total,
        long meters,
        long silent,
        QualityCounts quality,
        @Nullable Instant knownAt,
        @Nullable Instant asOf) {
    private static final int AVERAGE_DIGITS = 9;

    /** Total per meter, nine digits, half-even; null where no meter has a reading. */
    public @Nullable BigDecimal average() {
        return meters == 0 ? null : total.divide(BigDecimal.valueOf(meters), AVERAGE_DIGITS, RoundingMode.HALF_EVEN);
    }
}
