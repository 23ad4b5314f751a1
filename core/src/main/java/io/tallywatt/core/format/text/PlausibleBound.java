package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.Scaled;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * The greatest energy that an interval can plausibly hold, as scaled longs, so that checking a value is one comparison.
 * Belongs to one thread.
 */
final class PlausibleBound {
    /** Whatever the setting, a day's sum has to fit a long at nine decimals: 190 GW, more than all of France. */
    private static final BigDecimal GREATEST_KW = new BigDecimal(190_000_000);

    private static final BigDecimal SECONDS_PER_HOUR = new BigDecimal(3600);

    /** Files of exact intervals may have as many lengths as rows. */
    private static final int REMEMBERED = 1000;

    private final BigDecimal kw;
    private final Map<Integer, long[]> bySeconds = new HashMap<>();

    PlausibleBound(BigDecimal kw) {
        this.kw = kw.min(GREATEST_KW);
    }

    /** Per scale of 0 to 9, the greatest plausible number of units for an interval of so many seconds. */
    long[] units(int seconds) {
        if (bySeconds.size() > REMEMBERED) {
            bySeconds.clear();
        }
        return bySeconds.computeIfAbsent(seconds, this::compute);
    }

    private long[] compute(int seconds) {
        long[] units = new long[Scaled.MAX_SCALE + 1];
        BigDecimal hoursTimesKw = kw.multiply(BigDecimal.valueOf(seconds));
        for (int scale = 0; scale <= Scaled.MAX_SCALE; scale++) {
            // A value is a whole number of units: above the bound and above its floor are the same.
            units[scale] = hoursTimesKw
                    .movePointRight(scale)
                    .divide(SECONDS_PER_HOUR, 0, RoundingMode.FLOOR)
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
        return units;
    }
}
