package io.tallywatt.duckdb;

import io.tallywatt.core.alert.AlertLog.Group;
import io.tallywatt.core.alert.AlertLog.State;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * How far each notifier has come, inside whatever transaction the connection has open. Lists of instants are lists of
 * microseconds since 1970.
 */
final class AlertTable {
    private AlertTable() {}

    static State state(Connection c, String notifier) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("SELECT position, sent FROM alert_logs WHERE notifier = ?")) {
            s.setString(1, notifier);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next()
                        ? new State(rs.getLong(1), instants(rs, 2), groups(c, notifier))
                        : new State(0, List.of(), groups(c, notifier));
            }
        }
    }

    private static List<Group> groups(Connection c, String notifier) throws SQLException {
        List<Group> groups = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement("""
                SELECT series, rule, found_at, open, severity, told, waiting FROM alert_groups
                WHERE notifier = ?""")) {
            s.setString(1, notifier);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    groups.add(new Group(
                            Series.parse(rs.getString(1)),
                            RuleName.valueOf(rs.getString(2)),
                            Rows.instant(rs, 3),
                            rs.getBoolean(4),
                            Severity.valueOf(rs.getString(5)),
                            instants(rs, 6),
                            instants(rs, 7)));
                }
            }
        }
        return groups;
    }

    private static List<Instant> instants(ResultSet rs, int column) throws SQLException {
        List<Instant> instants = new ArrayList<>();
        for (@Nullable Object micros : (@Nullable Object[]) rs.getArray(column).getArray()) {
            long value = ((Number) Objects.requireNonNull(micros)).longValue();
            instants.add(
                    Instant.ofEpochSecond(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000L));
        }
        return List.copyOf(instants);
    }

    private static long[] micros(List<Instant> instants) {
        return instants.stream().mapToLong(Rows::micros).toArray();
    }

    static void keep(Connection c, String notifier, long position, List<Instant> sent, List<Group> changed)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement("DELETE FROM alert_logs WHERE notifier = ?")) {
            s.setString(1, notifier);
            s.executeUpdate();
        }
        DuckDBConnection duckdb = c.unwrap(DuckDBConnection.class);
        try (DuckDBAppender a = duckdb.createAppender(DuckDbStore.CATALOG, "main", "alert_logs")) {
            a.beginRow().append(notifier).append(position).append(micros(sent)).endRow();
        }
        if (!changed.isEmpty()) {
            replace(c, notifier, changed);
        }
    }

    private record Key(Series series, RuleName rule) {}

    private static void replace(Connection c, String notifier, List<Group> changed) throws SQLException {
        Map<Key, Group> last = new LinkedHashMap<>();
        changed.forEach(group -> last.put(new Key(group.series(), group.rule()), group));
        try (Statement s = c.createStatement()) {
            s.execute("CREATE OR REPLACE TEMP TABLE told AS FROM alert_groups LIMIT 0");
            try (DuckDBAppender a = c.unwrap(DuckDBConnection.class).createAppender("temp", "main", "told")) {
                for (Group group : last.values()) {
                    append(a, notifier, group);
                }
            }
            s.execute("DELETE FROM alert_groups g USING told t"
                    + " WHERE t.notifier = g.notifier AND t.series = g.series AND t.rule = g.rule");
            s.execute("INSERT INTO alert_groups FROM told");
        }
    }

    private static void append(DuckDBAppender a, String notifier, Group group) throws SQLException {
        a.beginRow()
                .append(notifier)
                .append(group.series().toString())
                .append(group.rule().name());
        @Nullable Instant foundAt = group.foundAt();
        if (foundAt == null) {
            a.appendNull();
        } else {
            a.append(LocalDateTime.ofInstant(foundAt, ZoneOffset.UTC));
        }
        a.append(group.open()).append(group.severity().name());
        a.append(micros(group.told())).append(micros(group.waiting())).endRow();
    }
}
