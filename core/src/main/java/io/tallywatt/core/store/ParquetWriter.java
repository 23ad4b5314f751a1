package io.tallywatt.core.store;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes readings as Parquet: {@code start} and {@code end} as times with zone (UTC), {@code value} as DECIMAL(38,9),
 * {@code quality} as text; of steps {@code missing_seconds}, and of steps of energy {@code mean_w}, a DECIMAL(38,9), too. Series,
 * unit and zone are metadata of the file.
 */
public interface ParquetWriter {
    /** The columns. */
    enum Columns {
        READINGS,
        STEPS,
        ENERGY_STEPS
    }

    /**
     * One row.
     *
     * @param missingSeconds of a step
     * @param meanW of a step of energy, null where nothing is known
     */
    record Row(
            Interval interval,
            @Nullable BigDecimal value,
            Quality quality,
            long missingSeconds,
            @Nullable BigDecimal meanW) {}

    /**
     * Writes all rows, however many.
     *
     * @return the whole file, which is gone once this is closed; there is none where the rows break off
     */
    InputStream write(StoredSeries series, Columns columns, Iterator<Row> rows) throws IOException;
}
