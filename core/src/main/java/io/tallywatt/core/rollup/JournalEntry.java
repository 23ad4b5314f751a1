package io.tallywatt.core.rollup;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery did to one date's totals; or, summed over several, what they come to.
 *
 * @param date local date of the series
 * @param zone their zone
 * @param tally the difference made
 * @param knownAt when; null for a sum over nothing
 */
public record JournalEntry(
        LocalDate date, String zone, Tally tally, @Nullable Instant knownAt) {}
