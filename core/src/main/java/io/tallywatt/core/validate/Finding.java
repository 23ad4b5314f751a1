package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be: what was seen, what was expected, how sure.
 *
 * <p>Of one series and rule there is one finding that starts at an instant ({@link Key}): finding it again replaces it.
 *
 * @param interval when
 * @param confidence how sure, from 0 to 1
 * @param observed what was seen, in words with units
 * @param expected what was expected, likewise
 * @param value what was seen in the series' unit, null where nothing was
 * @param low smallest value that would have been as expected, null where there is no such bound
 * @param high greatest such value, likewise
 * @param foundAt when it was found
 * @param delivery that brought it, 0 where none did
 */
public record Finding(
        Series series,
        Interval interval,
        RuleName rule,
        Severity severity,
        BigDecimal confidence,
        String observed,
        String expected,
        @Nullable BigDecimal value,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        Instant foundAt,
        long delivery) {

    /** What a finding is known by. */
    public record Key(Series series, RuleName rule, Instant start) {}

    public Finding {
        if (confidence.signum() < 0 || confidence.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("A confidence is from 0 to 1, but got " + confidence);
        }
    }

    public Key key() {
        return new Key(series, rule, interval.start());
    }
}
