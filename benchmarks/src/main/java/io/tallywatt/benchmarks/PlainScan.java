package io.tallywatt.benchmarks;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.duckdb.DuckDBConnection;

/**
 * The same questions put to DuckDB by anyone who opens the file: sums over the stored values, no journal. (Here every
 * reading is ACTUAL; where some are not, the sums have to look at the qualities too.)
 */
final class PlainScan implements AutoCloseable {
    /** Whatever a block's scale is, in nano-kWh. */
    private static final String NANO_KWH =
            "sum(list_sum(vals)::HUGEINT * [1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1]"
                    + "[scale + 1])";

    /** Told each date's sum. */
    interface Days {
        void day(LocalDate date, BigDecimal kwh);
    }

    /** Told each reading. */
    interface Values {
        void value(LocalDate date, int interval, BigDecimal kwh);
    }

    private final Connection connection;
    private final PreparedStatement total;
    private final PreparedStatement daily;
    private final PreparedStatement year;
    private final PreparedStatement readings;
    private final PreparedStatement explain;
    private final PreparedStatement find;
    private final PreparedStatement search;

    PlainScan(Path file, int threads) throws SQLException {
        this(attached(file, threads));
    }

    private PlainScan(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement s = connection.createStatement()) {
            s.execute("USE tallywatt");
        }
        total = connection.prepareStatement("SELECT " + NANO_KWH + " FROM blocks WHERE day = ?");
        daily = connection.prepareStatement(
                "SELECT day, " + NANO_KWH + " FROM blocks WHERE day >= ? AND day < ? GROUP BY day ORDER BY day");
        year = connection.prepareStatement("""
                SELECT day, scale, unnest(vals) FROM blocks
                WHERE series = (SELECT id FROM series WHERE name = ?) AND day >= ? AND day < ? ORDER BY day""");
        readings = connection.prepareStatement("""
                SELECT day, i, v, scale FROM (
                    SELECT day, scale, unnest(vals) AS v, unnest(range(len(vals))) AS i FROM blocks
                    WHERE series = (SELECT id FROM series WHERE name = ?) AND day >= ? AND day < ?)
                ORDER BY day, i""");
        explain = connection.prepareStatement("""
                SELECT s.name, b.* FROM blocks b JOIN series s ON s.id = b.series
                WHERE b.day = ? ORDER BY s.name LIMIT 50""");
        find = connection.prepareStatement("SELECT * FROM series WHERE name = ?");
        search = connection.prepareStatement("SELECT * FROM series WHERE starts_with(name, ?) ORDER BY name");
    }

    private static Connection attached(Path file, int threads) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement s = connection.createStatement()) {
            s.execute("SET threads = " + threads);
            s.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS tallywatt (READ_ONLY)");
        }
        return connection;
    }

    /** The same file for another thread. */
    PlainScan again() throws SQLException {
        return new PlainScan(connection.unwrap(DuckDBConnection.class).duplicate());
    }

    BigDecimal total(LocalDate date) throws SQLException {
        total.setObject(1, date);
        try (ResultSet rs = total.executeQuery()) {
            rs.next();
            return rs.getBigDecimal(1).movePointLeft(9);
        }
    }

    int daily(LocalDate from, LocalDate to) throws SQLException {
        daily.setObject(1, from);
        daily.setObject(2, to);
        return rows(daily);
    }

    void daily(LocalDate from, LocalDate to, Days days) throws SQLException {
        daily.setObject(1, from);
        daily.setObject(2, to);
        try (ResultSet rs = daily.executeQuery()) {
            while (rs.next()) {
                days.day(rs.getObject(1, LocalDate.class), rs.getBigDecimal(2).movePointLeft(9));
            }
        }
    }

    void readings(String series, LocalDate from, LocalDate to, Values values) throws SQLException {
        readings.setString(1, series);
        readings.setObject(2, from);
        readings.setObject(3, to);
        try (ResultSet rs = readings.executeQuery()) {
            while (rs.next()) {
                values.value(
                        rs.getObject(1, LocalDate.class),
                        rs.getInt(2),
                        BigDecimal.valueOf(rs.getLong(3), rs.getInt(4)));
            }
        }
    }

    int year(String series, LocalDate from, LocalDate to) throws SQLException {
        year.setString(1, series);
        year.setObject(2, from);
        year.setObject(3, to);
        return rows(year);
    }

    int explain(LocalDate date) throws SQLException {
        explain.setObject(1, date);
        return rows(explain);
    }

    int find(String series) throws SQLException {
        find.setString(1, series);
        return rows(find);
    }

    int search(String prefix) throws SQLException {
        search.setString(1, prefix);
        return rows(search);
    }

    /** Reads all rows, the last column of each. */
    private static int rows(PreparedStatement statement) throws SQLException {
        try (ResultSet rs = statement.executeQuery()) {
            int last = rs.getMetaData().getColumnCount();
            int n = 0;
            while (rs.next()) {
                rs.getObject(last);
                n++;
            }
            return n;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
