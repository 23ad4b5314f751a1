package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Resolution;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of the block tables as objects. */
final class Rows {
    /** The columns that {@link #block} reads, of a table with this alias. */
    static String blockColumns(String alias) {
        return """
                (a.day - DATE '1970-01-01')::INTEGER AS d, epoch_us(a.start) AS at, a.resolution AS resolution,
                a.scale::INTEGER AS scale, a.vals AS vals, a.quality AS quality, a.spans AS spans""".replace("a.", alias + ".");
    }

    private Rows() {}

    /** Reads a block; its columns start at an index. Null where the row has no values of its own. */
    static @Nullable DayBlock block(ResultSet rs, int at) throws SQLException {
        @Nullable Object @Nullable [] vals = elements(rs.getArray(at + 4));
        if (vals == null) {
            return null;
        }
        int day = rs.getInt(at);
        long start = rs.getLong(at + 1) / 1_000_000L;
        int resolution = rs.getInt(at + 2);
        int scale = rs.getInt(at + 3);
        long[] values = new long[vals.length];
        byte[] qualities = new byte[vals.length];
        @Nullable Object @Nullable [] marks = elements(rs.getArray(at + 5));
        for (int i = 0; i < vals.length; i++) {
            Object value = vals[i];
            if (value == null) {
                qualities[i] = Quality.MISSING.code();
            } else {
                values[i] = ((Number) value).longValue();
                qualities[i] = marks == null ? 0 : ((Number) Objects.requireNonNull(marks[i])).byteValue();
            }
        }
        if (resolution != 0) {
            return DayBlock.regular(day, start, new Resolution(resolution), scale, values, qualities);
        }
        @Nullable Object[] spans = Objects.requireNonNull(elements(rs.getArray(at + 6)));
        long[] starts = new long[vals.length];
        long[] ends = new long[vals.length];
        for (int i = 0; i < vals.length; i++) {
            starts[i] = number(spans[2 * i]);
            ends[i] = number(spans[2 * i + 1]);
        }
        return DayBlock.irregular(day, start, scale, values, qualities, starts, ends);
    }

    private static long number(@Nullable Object element) {
        return ((Number) Objects.requireNonNull(element)).longValue();
    }

    private static @Nullable Object @Nullable [] elements(@Nullable Array array) throws SQLException {
        return array == null ? null : (@Nullable Object[]) array.getArray();
    }

    static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        @Nullable LocalDateTime time = rs.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    static Instant needInstant(ResultSet rs, int column) throws SQLException {
        return Objects.requireNonNull(instant(rs, column));
    }

    /** Since the epoch, as an appender takes them. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static void bind(PreparedStatement s, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            s.setObject(i + 1, parameters.get(i));
        }
    }

    static LocalDateTime timestamp(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static String text(ResultSet rs, int column) throws SQLException {
        return Objects.requireNonNullElse(rs.getString(column), "");
    }
}
