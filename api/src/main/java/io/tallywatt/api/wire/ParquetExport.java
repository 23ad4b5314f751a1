package io.tallywatt.api.wire;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Bucket;
import io.tallywatt.core.query.Every;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Units;
import io.tallywatt.core.store.ParquetWriter;
import io.tallywatt.core.store.ParquetWriter.Columns;
import io.tallywatt.core.store.ParquetWriter.Row;
import io.tallywatt.core.store.StoredSeries;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Readings, or steps of them, as Parquet. */
public final class ParquetExport {
    private ParquetExport() {}

    /**
     * Writes a file, see {@link ParquetWriter#write}.
     *
     * @param every null for readings as stored
     */
    public static InputStream write(
            ParquetWriter writer,
            Answers answers,
            StoredSeries series,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Every every,
            @Nullable Instant asOf)
            throws IOException {
        if (every == null) {
            try (Stream<Reading> readings = answers.readings(series, from, to, asOf)) {
                return writer.write(
                        series,
                        Columns.READINGS,
                        readings.map(r -> new Row(r.interval(), r.value(), r.quality(), 0, null))
                                .iterator());
            }
        }
        boolean energy = Units.isEnergy(series.unit());
        try (Stream<Bucket> steps = answers.readings(series, from, to, every, asOf)) {
            return writer.write(
                    series,
                    energy ? Columns.ENERGY_STEPS : Columns.STEPS,
                    steps.map(s -> new Row(
                                    s.interval(),
                                    s.value(),
                                    s.quality(),
                                    s.missing(),
                                    energy ? ReadingShape.meanW(s) : null))
                            .iterator());
        }
    }
}
