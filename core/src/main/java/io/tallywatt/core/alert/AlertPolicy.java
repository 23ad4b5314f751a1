package io.tallywatt.core.alert;

import io.tallywatt.core.validate.Severity;
import java.time.Duration;

/**
 * How much a notifier may be made to say.
 *
 * @param coolDown from one alert that something is found to the next of the same series and rule
 * @param perHour most alerts in any hour, of all series and rules together
 * @param least findings below this severity are passed over
 * @param maxAge findings whose interval ended longer than this before they were found are passed over: history that was read in
 */
public record AlertPolicy(Duration coolDown, int perHour, Severity least, Duration maxAge) {

    /** Two days: a file that brings yesterday's readings this morning is news, last month's are not. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(2);

    public static final AlertPolicy DEFAULT =
            new AlertPolicy(Duration.ofHours(1), 20, Severity.WARNING, DEFAULT_MAX_AGE);

    public AlertPolicy {
        if (coolDown.isNegative()) {
            throw new IllegalArgumentException("Expected a cool-down of 0 or more, but got " + coolDown);
        }
        if (perHour < 1) {
            throw new IllegalArgumentException("Expected at least 1 alert per hour, but got " + perHour);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("Expected a greatest age of 0 or more, but got " + maxAge);
        }
    }
}
