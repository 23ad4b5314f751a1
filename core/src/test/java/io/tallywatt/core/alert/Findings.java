package io.tallywatt.core.alert;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Findings for tests. */
public final class Findings {
    public static final Series SITE1 = Series.parse("site/site1/generation");
    public static final Series SITE2 = Series.parse("site/site2/generation");

    private Findings() {}

    /** Of five minutes that end when it is found. */
    public static Finding now(Series series, RuleName rule, Severity severity, Instant foundAt) {
        return of(series, rule, severity, foundAt.minus(Duration.ofMinutes(5)), foundAt);
    }

    /** Of the five minutes from an instant on. */
    public static Finding of(Series series, RuleName rule, Severity severity, Instant start, Instant foundAt) {
        return new Finding(
                series,
                new Interval(start, start.plus(Duration.ofMinutes(5))),
                rule,
                severity,
                new BigDecimal("0.9"),
                "41.5 kWh",
                "at most 12 kWh",
                new BigDecimal("41.5"),
                BigDecimal.ZERO,
                new BigDecimal("12"),
                foundAt,
                1);
    }
}
