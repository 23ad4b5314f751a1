package io.tallywatt.duckdb;

import io.tallywatt.core.alert.AlertLog.Group;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** How far alerting has come, inside whatever transaction the connection has open. */
final class AlertTable {
    private AlertTable() {}

    static long position(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT position FROM alert_position")) {
            return rs.next() ? rs.getLong(1) : 0;
        }
    }

    static List<Group> groups(Connection c) throws SQLException {
        List<Group> groups = new ArrayList<>();
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT series, rule, sent_at, open, waiting FROM alert_groups")) {
            while (rs.next()) {
                groups.add(new Group(
                        Series.parse(rs.getString(1)),
                        RuleName.valueOf(rs.getString(2)),
                        Rows.instant(rs, 3),
                        rs.getBoolean(4),
                        rs.getLong(5)));
            }
        }
        return groups;
    }

    static void keep(Connection c, long position, List<Group> changed) throws SQLException {
        for (String sql : List.of("UPDATE alert_position SET position = ?", "INSERT INTO alert_position VALUES (?)")) {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                s.setLong(1, position);
                if (s.executeUpdate() > 0) {
                    break;
                }
            }
        }
        if (!changed.isEmpty()) {
            replace(c, changed);
        }
    }

    private record Key(Series series, RuleName rule) {}

    private static void replace(Connection c, List<Group> changed) throws SQLException {
        Map<Key, Group> last = new LinkedHashMap<>();
        changed.forEach(group -> last.put(new Key(group.series(), group.rule()), group));
        try (Statement s = c.createStatement()) {
            s.execute("CREATE OR REPLACE TEMP TABLE told AS FROM alert_groups LIMIT 0");
            try (DuckDBAppender a = c.unwrap(DuckDBConnection.class).createAppender("temp", "main", "told")) {
                for (Group group : last.values()) {
                    a.beginRow().append(group.series().toString());
                    a.append(group.rule().name());
                    @Nullable Instant sentAt = group.sentAt();
                    if (sentAt == null) {
                        a.appendNull();
                    } else {
                        a.appendEpochMicros(Rows.micros(sentAt));
                    }
                    a.append(group.open()).append(group.waiting());
                    a.endRow();
                }
            }
            s.execute("DELETE FROM alert_groups g USING told t WHERE t.series = g.series AND t.rule = g.rule");
            s.execute("INSERT INTO alert_groups FROM told");
        }
    }
}
