package io.tallywatt.core.query;

import io.tallywatt.core.validate.RuleName;
import java.time.LocalDate;

/**
 * How many anomalies of a rule there are on a day.
 *
 * @param date on which they start, in the zone of their series; of a range, its first where they start before
 * @param open how many of them hold still
 */
public record DayCount(LocalDate date, RuleName rule, long count, long open) {}
