package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rules have said of one series so far. What is said last of a key is what holds. */
final class Said {
    private final Series series;
    private final Instant now;
    /** By key what was found, or nothing where it was resolved. */
    private final Map<Finding.Key, Optional<Finding>> last = new LinkedHashMap<>();

    Said(Series series, Instant now) {
        this.series = series;
        this.now = now;
    }

    /**
     * Something is not as it should be.
     *
     * @param percent how sure
     * @param delivery that brought it, 0 where none did
     */
    void found(
            RuleName rule,
            long start,
            long end,
            Severity severity,
            int percent,
            String observed,
            String expected,
            @Nullable BigDecimal value,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            long delivery) {
        Finding finding = new Finding(
                series,
                new Interval(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end)),
                rule,
                severity,
                BigDecimal.valueOf(percent, 2),
                observed,
                expected,
                value,
                low,
                high,
                now,
                delivery);
        last.put(finding.key(), Optional.of(finding));
    }

    /** What may have been found at an instant no longer holds. */
    void resolved(RuleName rule, long start) {
        resolved(new Finding.Key(series, rule, Instant.ofEpochSecond(start)));
    }

    void resolved(Finding.Key key) {
        last.put(key, Optional.empty());
    }

    Verdict verdict() {
        if (last.isEmpty()) {
            return Verdict.NOTHING;
        }
        List<Finding> found = new ArrayList<>();
        List<Finding.Key> resolved = new ArrayList<>();
        last.forEach((key, finding) -> finding.ifPresentOrElse(found::add, () -> resolved.add(key)));
        return new Verdict(List.copyOf(found), List.copyOf(resolved));
    }
}
