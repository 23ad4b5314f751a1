package io.tallywatt.core.store;

import io.tallywatt.core.reading.Series;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A series as the store knows it.
 *
 * @param resolution ISO 8601, of its first delivery; {@code irregular} for exact intervals
 * @param first earliest date with a block, ever
 * @param last latest date with a block, ever
 */
public record StoredSeries(
        Series series,
        String unit,
        String commodity,
        String resolution,
        ZoneId zone,
        LocalDate first,
        LocalDate last) {}
