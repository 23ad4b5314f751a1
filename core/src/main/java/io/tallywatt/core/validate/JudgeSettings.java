package io.tallywatt.core.validate;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What people may set about judging.
 *
 * @param plausibleKw mean power above which a reading is beyond the plausible bound
 * @param lateAfter how long after the end of its interval a reading of a live feed may be received
 * @param overdueAfter how long after the end of the interval that should follow it nothing may come
 */
public record JudgeSettings(BigDecimal plausibleKw, Duration lateAfter, Duration overdueAfter) {

    /** For a feed of five minutes: three intervals. */
    public static final Duration DEFAULT_LATE_AFTER = Duration.ofMinutes(15);

    public static JudgeSettings of(BigDecimal plausibleKw) {
        return new JudgeSettings(plausibleKw, DEFAULT_LATE_AFTER, DEFAULT_LATE_AFTER);
    }
}
