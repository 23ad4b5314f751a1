package io.tallywatt.duckdb;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Objects;
import org.duckdb.VectorFeed.Column;
import org.duckdb.VectorFeed.ColumnType;
import org.duckdb.VectorFeed.Vectors;

/**
 * Copies blocks of a batch into DuckDB's vectors. Lists are written as one run of elements for the whole batch, so that a
 * million blocks cost a few thousand bulk copies.
 */
final class BlockVectors {
    static final int SERIES = 0;
    static final int DAY = 1;
    static final int START = 2;
    static final int RESOLUTION = 3;
    static final int SCALE = 4;
    static final int VALUES = 5;
    static final int QUALITY = 6;
    static final int SPANS = 7;
    static final int LINE = 8;
    static final int COUNTED = 9;
    static final int TOTAL = 10;
    static final int LEAST = 11;
    static final int MOST = 12;

    static final List<Column> COLUMNS = List.of(
            new Column("series", ColumnType.INTEGER),
            new Column("day", ColumnType.DATE),
            new Column("start", ColumnType.TIMESTAMP_S),
            new Column("resolution", ColumnType.INTEGER),
            new Column("scale", ColumnType.UTINYINT),
            new Column("vals", ColumnType.BIGINT_LIST),
            new Column("quality", ColumnType.UTINYINT_LIST),
            new Column("spans", ColumnType.BIGINT_LIST),
            new Column("line", ColumnType.BIGINT),
            new Column("counted", ColumnType.INTEGER),
            new Column("total", ColumnType.BIGINT),
            new Column("least", ColumnType.BIGINT),
            new Column("most", ColumnType.BIGINT));

    private BlockVectors() {}

    /** Writes all blocks of the batch, in bulk copies; blocks that were not retained leave holes in the list elements. */
    static void write(BlockBatch batch, Vectors out) {
        int n = batch.size;
        out.data(SERIES).asIntBuffer().put(0, batch.series, 0, n);
        out.data(DAY).asIntBuffer().put(0, batch.day, 0, n);
        out.data(START).asLongBuffer().put(0, batch.start, 0, n);
        out.data(RESOLUTION).asIntBuffer().put(0, batch.resolution, 0, n);
        out.data(SCALE).put(0, batch.scale, 0, n);
        out.data(LINE).asLongBuffer().put(0, batch.line, 0, n);
        out.data(COUNTED).asIntBuffer().put(0, batch.counted, 0, n);
        out.data(TOTAL).asLongBuffer().put(0, batch.total, 0, n);
        out.data(LEAST).asLongBuffer().put(0, batch.min, 0, n);
        out.data(MOST).asLongBuffer().put(0, batch.max, 0, n);
        out.data(VALUES).asLongBuffer().put(0, batch.extents, 0, 2 * n);
        out.elements(VALUES, batch.used, ColumnType.BIGINT_LIST).asLongBuffer().put(0, batch.values, 0, batch.used);
        if (batch.anyMarked) {
            writeQualities(batch, out);
        } else {
            nullAll(out.validity(QUALITY), n);
        }
        if (batch.anyExact) {
            writeSpans(batch, out);
        } else {
            nullAll(out.validity(SPANS), n);
        }
    }

    /** A null list says that all is ACTUAL; a null value that it is MISSING. */
    private static void writeQualities(BlockBatch batch, Vectors out) {
        LongBuffer rows = out.validity(QUALITY);
        out.data(QUALITY).asLongBuffer().put(0, batch.extents, 0, 2 * batch.size);
        out.elements(QUALITY, batch.used, ColumnType.UTINYINT_LIST).put(0, batch.qualities, 0, batch.used);
        LongBuffer valid = out.elementValidity(VALUES, batch.used);
        for (int b = 0; b < batch.size; b++) {
            if (batch.allActual[b]) {
                clearBit(rows, b);
                continue;
            }
            int to = batch.offset[b] + batch.length[b];
            for (int i = batch.offset[b]; i < to; i++) {
                if (batch.qualities[i] == Quality.MISSING.code()) {
                    clearBit(valid, i);
                }
            }
        }
    }

    private static void writeSpans(BlockBatch batch, Vectors out) {
        LongBuffer rows = out.validity(SPANS);
        LongBuffer spans =
                out.elements(SPANS, batch.used * 2, ColumnType.BIGINT_LIST).asLongBuffer();
        long[] starts = Objects.requireNonNull(batch.starts);
        long[] ends = Objects.requireNonNull(batch.ends);
        for (int b = 0; b < batch.size; b++) {
            if (batch.resolution[b] != 0) {
                clearBit(rows, b);
                continue;
            }
            int from = batch.offset[b];
            out.list(SPANS, b, from * 2L, batch.length[b] * 2L);
            for (int i = from; i < from + batch.length[b]; i++) {
                spans.put(i * 2, starts[i]);
                spans.put(i * 2 + 1, ends[i]);
            }
        }
    }

    private static void nullAll(LongBuffer validity, int n) {
        for (int word = 0; word <= (n - 1) >>> 6; word++) {
            validity.put(word, 0L);
        }
    }

    private static void clearBit(LongBuffer validity, int i) {
        validity.put(i >>> 6, validity.get(i >>> 6) & ~(1L << (i & 63)));
    }
}
