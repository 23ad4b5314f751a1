package io.tallywatt.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.StoreOracleContract;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreOracleTest extends StoreOracleContract {
    private final AtomicInteger opened = new AtomicInteger();

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve(opened + ".duckdb");
    }

    @Override
    protected BlockStore open(Clock clock) {
        opened.incrementAndGet();
        return DuckDbStore.open(file(), new DuckDbSettings(2, "512MB", false), clock);
    }

    /** The view, and the sums beside each block. */
    @Override
    protected void inspect(BlockStore store, List<String> readings) throws Exception {
        ((DuckDbStore) store).close();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file())) {
            assertThat(view(connection)).isEqualTo(readings);
            assertThat(blocksWithWrongSums(connection)).isEmpty();
        }
        Files.delete(file());
    }

    private static List<String> view(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT series, start, "end", value, quality FROM readings WHERE quality <> 'MISSING'""")) {
            while (rs.next()) {
                BigDecimal value = rs.getBigDecimal(4);
                lines.add(rs.getString(1) + " "
                        + rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC) + "/"
                        + rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC) + "="
                        + value.stripTrailingZeros().toPlainString() + " " + rs.getString(5));
            }
        }
        lines.sort(null);
        return lines;
    }

    private static List<String> blocksWithWrongSums(Connection connection) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT series, day FROM (
                            SELECT series, day, counted, total, least, most, unnest(vals) AS v, unnest(quality) AS q
                            FROM blocks)
                        GROUP BY series, day, counted, total, least, most HAVING counted <> count(v) FILTER (coalesce(q, 0) <= 2)
                            OR total <> coalesce(sum(v) FILTER (coalesce(q, 0) <= 2), 0)
                            OR least <> coalesce(min(v) FILTER (coalesce(q, 0) <= 2), 0)
                            OR most <> coalesce(max(v) FILTER (coalesce(q, 0) <= 2), 0)""")) {
            while (rs.next()) {
                wrong.add(rs.getInt(1) + " on " + rs.getString(2));
            }
        }
        return wrong;
    }
}
