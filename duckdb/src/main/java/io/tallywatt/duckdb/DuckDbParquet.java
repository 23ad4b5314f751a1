package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.store.ParquetWriter;
import io.tallywatt.core.store.StoredSeries;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.Iterator;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Parquet by DuckDB, which knows it best: rows go into a database of their own, beside no one's data, which spills to the folder
 * where they are many, and are copied out of it.
 */
public final class DuckDbParquet implements ParquetWriter {
    private static final String DECIMAL = "DECIMAL(38,9)";
    /** What waits in the appender before it goes into the database. */
    private static final int FLUSH = 100_000;

    private final Path folder;

    /** @param folder for what lies there while it is written; made where it is not there */
    public DuckDbParquet(Path folder) {
        this.folder = folder;
    }

    @Override
    public InputStream write(StoredSeries series, Columns columns, Iterator<Row> rows) throws IOException {
        Files.createDirectories(folder);
        Path work = Files.createTempDirectory(folder, "parquet");
        Path file = work.resolveSibling(work.getFileName() + ".parquet");
        try {
            fill(series, columns, rows, work, file);
            // On Unix its name is gone at once: an answer that nobody fetches leaves nothing behind.
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            delete(work);
        }
    }

    private static void fill(StoredSeries series, Columns columns, Iterator<Row> rows, Path work, Path file)
            throws IOException {
        try (DuckDBConnection connection =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET memory_limit = '256MB'");
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute(
                    "SET temp_directory = " + text(work.resolve("spill").toString()));
            statement.execute(
                    "CREATE TABLE rows (\"start\" TIMESTAMP WITH TIME ZONE, \"end\" TIMESTAMP WITH TIME ZONE, value "
                            + DECIMAL + ", quality VARCHAR, missing_seconds BIGINT, mean_w " + DECIMAL + ")");
            append(connection, rows);
            String chosen = switch (columns) {
                case READINGS -> "\"start\", \"end\", value, quality";
                case STEPS -> "\"start\", \"end\", value, quality, missing_seconds";
                case ENERGY_STEPS -> "*";
            };
            statement.execute("COPY (SELECT " + chosen + " FROM rows) TO " + text(file.toString())
                    + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {series: "
                    + text(series.series().toString()) + ", unit: " + text(series.unit()) + ", zone: "
                    + text(series.zone().getId()) + "})");
        } catch (SQLException e) {
            throw Sql.failure("Cannot write Parquet", e);
        }
    }

    private static void append(DuckDBConnection connection, Iterator<Row> rows) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
            int waiting = 0;
            while (rows.hasNext()) {
                Row row = rows.next();
                appender.beginRow();
                appender.append(row.interval().start().atOffset(ZoneOffset.UTC));
                appender.append(row.interval().end().atOffset(ZoneOffset.UTC));
                append(appender, row.value());
                appender.append(row.quality().name());
                appender.append(row.missingSeconds());
                append(appender, row.meanW());
                appender.endRow();
                if (++waiting == FLUSH) {
                    appender.flush();
                    waiting = 0;
                }
            }
        }
    }

    private static void append(DuckDBAppender appender, @Nullable BigDecimal value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(value.setScale(Scaled.MAX_SCALE, RoundingMode.UNNECESSARY));
        }
    }

    private static String text(String raw) {
        return "'" + raw.replace("'", "''") + "'";
    }

    private static void delete(Path work) throws IOException {
        try (var all = Files.walk(work)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
