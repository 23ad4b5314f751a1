package io.tallywatt.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables. Instants are UTC in microseconds.
 *
 * <p>{@code blocks} holds each block as it stands. A {@code pure} block is at the same time the only store of the layer
 * that it consists of (its revision and line); every other layer of its day is in {@code parts}, with the revision that
 * ended it, if one did. A layer that says the same as another holds that one's revision and line instead of values. So the
 * block at any earlier instant is the overlay of the layers that counted then.
 *
 * <p>There is no primary key and no index on blocks: they would make loading three times as slow and the file sixteen
 * times as large, and the one writer knows what is there.
 *
 * <p>Findings, alerts and groups came later ({@link #extend}): a file of before gets their tables when it is opened for writing, and
 * is of the same version, since whoever does not know them may leave them alone. {@code findings} has one row per finding,
 * as its latest change left it; its exact numbers are text, so that they come back with the digits they came with.
 * {@code judged} has at most one row, how far judging has come; {@code alert_logs} one for each notifier. {@code meter_groups} has one
 * row per group with the number of its meters, {@code group_meters} one for each meter of each.
 */
final class Schema {
    static final int VERSION = 1;

    /** Columns that blocks, parts and the staging table share, in the order of {@link BlockFeed}. */
    static final String BLOCK_COLUMNS = "series, day, start, resolution, scale, vals, quality, spans, line";

    private static final String BLOCK_TYPES = """
            series INTEGER, day DATE, start TIMESTAMP, resolution INTEGER, scale UTINYINT,
            vals BIGINT[], quality UTINYINT[], spans BIGINT[], line BIGINT""";

    private Schema() {}

    static void create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE meta(version INTEGER)");
            s.execute("INSERT INTO meta VALUES (" + VERSION + ")");
            s.execute("""
                    CREATE TABLE series(id INTEGER, name VARCHAR, meter INTEGER, unit VARCHAR, commodity VARCHAR,
                        resolution VARCHAR, zone VARCHAR, first_day DATE, last_day DATE)""");
            s.execute("CREATE TABLE blocks(" + BLOCK_TYPES
                    + ", counted INTEGER, total BIGINT, least BIGINT, most BIGINT, revision INTEGER, pure BOOLEAN)");
            s.execute("CREATE TABLE parts(" + BLOCK_TYPES
                    + ", revision INTEGER, ended INTEGER, same_revision INTEGER, same_line BIGINT)");
            s.execute("""
                    CREATE TABLE revisions(id INTEGER, delivery BIGINT, kind VARCHAR, zone VARCHAR, known_at TIMESTAMP)""");
            s.execute("""
                    CREATE TABLE journal(day DATE, zone VARCHAR, revision INTEGER, energy DECIMAL(38,9), meters BIGINT,
                        silent BIGINT, expected BIGINT, actual BIGINT, estimated BIGINT, substituted BIGINT,
                        invalid BIGINT)""");
            s.execute("""
                    CREATE TABLE deliveries(id BIGINT, name VARCHAR, digest VARCHAR, bytes BIGINT, format VARCHAR,
                        settings VARCHAR, zone VARCHAR, received_at TIMESTAMP, known_at TIMESTAMP, state VARCHAR,
                        reason VARCHAR, n_rows BIGINT, rejected BIGINT, readings BIGINT, created BIGINT,
                        unchanged BIGINT, extended BIGINT, corrected BIGINT, removed BIGINT)""");
            s.execute("""
                    CREATE TABLE notices(delivery BIGINT, code VARCHAR, n BIGINT, first_line BIGINT, message VARCHAR)""");
            s.execute("""
                    CREATE TABLE rejects(delivery BIGINT, line BIGINT, col VARCHAR, code VARCHAR, message VARCHAR,
                        row_text VARCHAR)""");
            s.execute("CREATE TABLE tidied(month DATE, blocks BIGINT)");
            s.execute(READINGS);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Adds the tables that are not there: all of them, or none. */
    static void extend(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            s.execute("""
                    CREATE TABLE IF NOT EXISTS findings(number BIGINT, series VARCHAR, rule VARCHAR, start TIMESTAMP,
                        "end" TIMESTAMP, severity VARCHAR, confidence VARCHAR, observed VARCHAR, expected VARCHAR,
                        value VARCHAR, low VARCHAR, high VARCHAR, found_at TIMESTAMP, delivery BIGINT,
                        resolved_at TIMESTAMP)""");
            s.execute("CREATE TABLE IF NOT EXISTS judged(until TIMESTAMP, number BIGINT, changed_at TIMESTAMP)");
            s.execute("""
                    CREATE TABLE IF NOT EXISTS alert_groups(notifier VARCHAR, series VARCHAR, rule VARCHAR,
                        found_at TIMESTAMP, open BOOLEAN, severity VARCHAR, told BIGINT[], waiting BIGINT[])""");
            s.execute("CREATE TABLE IF NOT EXISTS alert_logs(notifier VARCHAR, position BIGINT, sent BIGINT[])");
            s.execute("CREATE TABLE IF NOT EXISTS meter_groups(key VARCHAR, name VARCHAR, meters INTEGER)");
            s.execute("CREATE TABLE IF NOT EXISTS group_meters(key VARCHAR, meter VARCHAR)");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Whether a file that is only read has a table that {@link #extend} adds. */
    static boolean has(Connection connection, String table) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("SELECT count(*) FROM duckdb_tables() WHERE database_name = '"
                        + DuckDbStore.CATALOG + "' AND table_name = '" + table + "'")) {
            rs.next();
            return rs.getInt(1) > 0;
        }
    }

    /** The staging table for what has to be laid over something else. */
    static void createStaging(Statement s) throws SQLException {
        s.execute("CREATE OR REPLACE TEMP TABLE staged(" + BLOCK_TYPES + ")");
    }

    /**
     * For anyone with a DuckDB client. A daily value ends where the next local day starts, which takes the ICU extension
     * that every DuckDB client comes with; all else is plain arithmetic on UTC.
     */
    private static final String READINGS = """
            CREATE VIEW readings AS
            SELECT series,
                CASE WHEN spans IS NOT NULL THEN make_timestamp(spans[2 * i + 1] * 1000000)
                     ELSE start + to_seconds(i * resolution) END AS start,
                CASE WHEN spans IS NOT NULL THEN make_timestamp(spans[2 * i + 2] * 1000000)
                     WHEN resolution = 86400
                         THEN timezone('UTC', timezone(zone, (day + INTERVAL 1 DAY)::TIMESTAMP))
                     ELSE start + to_seconds((i + 1) * resolution) END AS "end",
                (v * [1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1][scale + 1]::HUGEINT)
                    ::DECIMAL(28, 0) * 0.000000001::DECIMAL(10, 9) AS value,
                CASE WHEN v IS NULL THEN 'MISSING' ELSE
                    ['ACTUAL', 'ESTIMATED', 'SUBSTITUTED', 'INVALID', 'MISSING'][coalesce(quality[i + 1], 0) + 1]
                END AS quality
            FROM (SELECT s.name AS series, s.zone, b.day, b.start, b.resolution, b.scale, b.spans, b.quality,
                    unnest(b.vals) AS v, unnest(range(len(b.vals))) AS i
                FROM blocks b JOIN series s ON s.id = b.series)""";
}
