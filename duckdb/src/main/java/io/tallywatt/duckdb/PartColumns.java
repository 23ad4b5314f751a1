package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Resolution;
import java.sql.SQLException;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The columns resolution, scale, vals, quality and spans of a row of parts. */
final class PartColumns {
    private PartColumns() {}

    static void append(DuckDBAppender a, DayBlock block) throws SQLException {
        @Nullable Resolution resolution = block.resolution();
        a.append(resolution == null ? 0 : resolution.seconds());
        a.append((byte) block.scale());
        int n = block.length();
        boolean[] missing = new boolean[n];
        boolean plain = true;
        for (int i = 0; i < n; i++) {
            missing[i] = block.qualities()[i] == Quality.MISSING.code();
            plain &= block.qualities()[i] == Quality.ACTUAL.code();
        }
        a.append(block.values(), missing);
        if (plain) {
            a.appendNull();
        } else {
            a.appendByteArray(block.qualities());
        }
        if (resolution != null) {
            a.appendNull();
        } else {
            a.append(spans(block));
        }
    }

    private static long[] spans(DayBlock block) {
        long[] starts = Objects.requireNonNull(block.starts());
        long[] ends = Objects.requireNonNull(block.ends());
        long[] spans = new long[starts.length * 2];
        for (int i = 0; i < starts.length; i++) {
            spans[2 * i] = starts[i];
            spans[2 * i + 1] = ends[i];
        }
        return spans;
    }
}
