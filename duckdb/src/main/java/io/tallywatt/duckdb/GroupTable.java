package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.MeterGroup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Groups of meters, inside whatever transaction the connection has open. */
final class GroupTable {
    private GroupTable() {}

    static List<MeterGroup.Entry> list(Connection c, String after, int limit) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("SELECT key, name, meters FROM meter_groups WHERE key > ? ORDER BY key LIMIT ?")) {
            s.setString(1, after);
            s.setInt(2, limit);
            List<MeterGroup.Entry> entries = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    entries.add(new MeterGroup.Entry(rs.getString(1), Rows.text(rs, 2), rs.getInt(3)));
                }
            }
            return entries;
        }
    }

    /** In one statement, so that no other group's meters are taken for this one's. */
    static Optional<MeterGroup> find(Connection c, String key) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                SELECT g.name, m.meter FROM meter_groups g LEFT JOIN group_meters m ON m.key = g.key
                WHERE g.key = ?""")) {
            s.setString(1, key);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    return Optional.empty();
                }
                String name = Rows.text(rs, 1);
                List<Series> meters = new ArrayList<>();
                do {
                    String meter = rs.getString(2);
                    if (meter != null) {
                        meters.add(Series.parse(meter));
                    }
                } while (rs.next());
                return Optional.of(new MeterGroup(key, name, meters));
            }
        }
    }

    static boolean put(Connection c, MeterGroup group) throws SQLException {
        boolean fresh = !remove(c, group.key());
        DuckDBConnection duckdb = c.unwrap(DuckDBConnection.class);
        try (DuckDBAppender a = duckdb.createAppender(DuckDbStore.CATALOG, "main", "meter_groups")) {
            a.beginRow().append(group.key()).append(group.name());
            a.append(group.meters().size()).endRow();
        }
        try (DuckDBAppender a = duckdb.createAppender(DuckDbStore.CATALOG, "main", "group_meters")) {
            for (Series meter : group.meters()) {
                a.beginRow().append(group.key()).append(meter.toString()).endRow();
            }
        }
        return fresh;
    }

    static boolean remove(Connection c, String key) throws SQLException {
        int removed = 0;
        for (String table : List.of("group_meters", "meter_groups")) {
            try (PreparedStatement s = c.prepareStatement("DELETE FROM " + table + " WHERE key = ?")) {
                s.setString(1, key);
                removed = s.executeUpdate();
            }
        }
        return removed > 0;
    }
}
