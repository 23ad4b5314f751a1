package io.tallywatt.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The other side of the comparison: DuckDB loads the file by itself, as fast as it can and into one row per row of the file.
 * No digest, no de-duplication, no check of a value, no totals.
 */
final class CsvLoad {
    private CsvLoad() {}

    /** @param args the file to read, the database to make, how many threads */
    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + args[1]);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + Integer.parseInt(args[2]));
            statement.execute("CREATE TABLE t AS SELECT * FROM read_csv('" + args[0].replace("'", "''") + "')");
        }
    }
}
