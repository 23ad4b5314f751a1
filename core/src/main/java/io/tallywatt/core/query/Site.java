package io.tallywatt.core.query;

import io.tallywatt.core.reading.Series;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site of a company: whatever its series have in common.
 *
 * @param key as the source wrote it
 * @param zone of its first series
 * @param first earliest date with a reading, ever
 * @param last latest such date
 * @param series by name
 * @param latest its last record, null where it has none
 * @param anomalies how many findings of its series hold still
 */
public record Site(
        String key,
        ZoneId zone,
        LocalDate first,
        LocalDate last,
        List<Series> series,
        @Nullable SiteRecord latest,
        long anomalies) {}
