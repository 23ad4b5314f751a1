package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingChanges;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.SeriesScope;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.core.validate.Verdict;
import io.tallywatt.duckdb.Reader.Asking;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The findings, and how far judging has come, inside whatever transaction the connection has open. */
final class FindingTable {
    private static final String SELECT = """
            SELECT f.number, f.series, f.rule, f.start, f."end", f.severity, f.confidence, f.observed, f.expected,
                f.value, f.low, f.high, f.found_at, f.delivery, f.resolved_at, f.rowid
            FROM findings f\s""";

    /** What a delivery brought that is not taken any more is not shown. */
    private static final String SHOWN = """
            WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.id = f.delivery AND d.state <> 'TAKEN')""";

    private static final String COUNT = """
            SELECT split_part(f.series, '/', 1) || '/' || split_part(f.series, '/', 2) AS thing, f.rule, count(*),
                count(*) FILTER (WHERE f.resolved_at IS NULL)
            FROM findings f\s""";

    private FindingTable() {}

    /**
     * How far judging has come: a table of at most one row.
     *
     * @param until everything that became known before is judged
     * @param number the last one given to a change of a finding
     * @param changedAt when that change became known
     */
    record Judged(Instant until, long number, Instant changedAt) {
        private static final Judged NOTHING = new Judged(Instant.EPOCH, 0, Instant.EPOCH);
    }

    static Judged judged(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT until, number, changed_at FROM judged")) {
            return rs.next()
                    ? new Judged(Rows.needInstant(rs, 1), rs.getLong(2), Rows.needInstant(rs, 3))
                    : Judged.NOTHING;
        }
    }

    private static void put(Connection c, Judged judged) throws SQLException {
        for (String sql : List.of(
                "UPDATE judged SET until = ?, number = ?, changed_at = ?", "INSERT INTO judged VALUES (?, ?, ?)")) {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                s.setObject(1, Rows.timestamp(judged.until()));
                s.setLong(2, judged.number());
                s.setObject(3, Rows.timestamp(judged.changedAt()));
                if (s.executeUpdate() > 0) {
                    return;
                }
            }
        }
    }

    /**
     * Keeps a verdict and how far judging has come.
     *
     * @param later tells when a change becomes known; it is not asked where no finding changes
     */
    static void keep(Connection c, Verdict given, Instant until, Instant at, Supplier<Instant> later)
            throws SQLException {
        Verdict verdict = FindingChanges.storable(given);
        Judged before = judged(c);
        Instant now = until.truncatedTo(ChronoUnit.MICROS);
        Map<Finding.Key, Long> rows = new HashMap<>();
        Map<Finding.Key, StoredFinding> known = known(c, verdict, rows);
        List<StoredFinding> changed = FindingChanges.of(verdict, known, before.number(), at);
        if (changed.isEmpty()) {
            if (!now.equals(before.until())) {
                put(c, new Judged(now, before.number(), before.changedAt()));
            }
            return;
        }
        delete(c, changed, rows);
        append(c, changed);
        put(c, new Judged(now, changed.getLast().number(), later.get()));
    }

    /** What is stored under the keys of a verdict, with its rows. */
    private static Map<Finding.Key, StoredFinding> known(Connection c, Verdict verdict, Map<Finding.Key, Long> rows)
            throws SQLException {
        Set<Finding.Key> keys = new LinkedHashSet<>(verdict.resolved());
        verdict.found().forEach(finding -> keys.add(finding.key()));
        Map<Finding.Key, StoredFinding> known = new HashMap<>();
        if (keys.isEmpty()) {
            return known;
        }
        try (Statement s = c.createStatement()) {
            s.execute("CREATE OR REPLACE TEMP TABLE verdict(series VARCHAR, rule VARCHAR, start TIMESTAMP)");
            try (DuckDBAppender a = c.unwrap(DuckDBConnection.class).createAppender("temp", "main", "verdict")) {
                for (Finding.Key key : keys) {
                    a.beginRow()
                            .append(key.series().toString())
                            .append(key.rule().name())
                            .appendEpochMicros(Rows.micros(key.start()))
                            .endRow();
                }
            }
            try (ResultSet rs = s.executeQuery(SELECT + """
                    SEMI JOIN verdict v ON v.series = f.series AND v.rule = f.rule AND v.start = f.start""")) {
                while (rs.next()) {
                    StoredFinding stored = read(rs);
                    known.put(stored.finding().key(), stored);
                    rows.put(stored.finding().key(), rs.getLong(16));
                }
            }
        }
        return known;
    }

    private static void delete(Connection c, List<StoredFinding> changed, Map<Finding.Key, Long> rows)
            throws SQLException {
        String old = changed.stream()
                .map(stored -> rows.get(stored.finding().key()))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        if (!old.isEmpty()) {
            try (Statement s = c.createStatement()) {
                s.execute("DELETE FROM findings WHERE rowid IN (" + old + ")");
            }
        }
    }

    private static void append(Connection c, List<StoredFinding> changed) throws SQLException {
        try (DuckDBAppender a =
                c.unwrap(DuckDBConnection.class).createAppender(DuckDbStore.CATALOG, "main", "findings")) {
            for (StoredFinding stored : changed) {
                Finding f = stored.finding();
                a.beginRow().append(stored.number()).append(f.series().toString());
                a.append(f.rule().name());
                a.appendEpochMicros(Rows.micros(f.interval().start()));
                a.appendEpochMicros(Rows.micros(f.interval().end()));
                a.append(f.severity().name()).append(f.confidence().toPlainString());
                a.append(f.observed()).append(f.expected());
                append(a, f.value());
                append(a, f.low());
                append(a, f.high());
                a.appendEpochMicros(Rows.micros(f.foundAt())).append(f.delivery());
                @Nullable Instant resolvedAt = stored.resolvedAt();
                if (resolvedAt == null) {
                    a.appendNull();
                } else {
                    a.appendEpochMicros(Rows.micros(resolvedAt));
                }
                a.endRow();
            }
        }
    }

    private static void append(DuckDBAppender a, @Nullable BigDecimal number) throws SQLException {
        if (number == null) {
            a.appendNull();
        } else {
            a.append(number.toPlainString());
        }
    }

    private static StoredFinding read(ResultSet rs) throws SQLException {
        Finding finding = new Finding(
                Series.parse(rs.getString(2)),
                new Interval(Rows.needInstant(rs, 4), Rows.needInstant(rs, 5)),
                RuleName.valueOf(rs.getString(3)),
                Severity.valueOf(rs.getString(6)),
                new BigDecimal(rs.getString(7)),
                rs.getString(8),
                rs.getString(9),
                number(rs, 10),
                number(rs, 11),
                number(rs, 12),
                Rows.needInstant(rs, 13),
                rs.getLong(14));
        return new StoredFinding(rs.getLong(1), finding, Rows.instant(rs, 15));
    }

    private static @Nullable BigDecimal number(ResultSet rs, int column) throws SQLException {
        @Nullable String text = rs.getString(column);
        return text == null ? null : new BigDecimal(text);
    }

    static List<StoredFinding> search(Asking c, FindingSearch search) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder(SELECT).append(matching(search, parameters));
        Finding.@Nullable Key after = search.after();
        if (after != null) {
            Object start = Rows.timestamp(after.start());
            String series = after.series().toString();
            sql.append(" AND f.start <= ? AND (f.start < ? OR f.series > ? OR f.series = ? AND f.rule > ?)");
            parameters.addAll(List.of(start, start, series, series, after.rule().name()));
        }
        sql.append(" ORDER BY f.start DESC, f.series, f.rule LIMIT ?");
        parameters.add(search.limit());
        return list(c, sql.toString(), parameters);
    }

    static List<FindingCount> counts(Asking c, FindingSearch search) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String sql = COUNT + matching(search, parameters) + " GROUP BY thing, f.rule ORDER BY thing, f.rule";
        List<FindingCount> counts = new ArrayList<>();
        try (ResultSet rs = query(c, sql, parameters)) {
            while (rs.next()) {
                counts.add(new FindingCount(
                        rs.getString(1), RuleName.valueOf(rs.getString(2)), rs.getLong(3), rs.getLong(4)));
            }
        }
        return counts;
    }

    static List<StoredFinding> changedAfter(Asking c, long number, int limit) throws SQLException {
        String sql = SELECT + SHOWN + " AND f.number > ? ORDER BY f.number LIMIT ?";
        return list(c, sql, List.of(number, limit));
    }

    /** The condition of a search, but for where to go on. */
    private static String matching(FindingSearch search, List<Object> parameters) {
        StringBuilder where = new StringBuilder(SHOWN);
        SeriesScope scope = SeriesScope.of(search.prefix());
        if (!scope.text().isEmpty()) {
            where.append(" AND ").append(Follower.in(scope, "f.series"));
            parameters.add(scope.text());
        }
        @Nullable RuleName rule = search.rule();
        if (rule != null) {
            where.append(" AND f.rule = ?");
            parameters.add(rule.name());
        }
        @Nullable Instant from = search.from();
        if (from != null) {
            where.append(" AND f.\"end\" > ?");
            parameters.add(Rows.timestamp(from));
        }
        @Nullable Instant to = search.to();
        if (to != null) {
            where.append(" AND f.start < ?");
            parameters.add(Rows.timestamp(to));
        }
        @Nullable Boolean open = search.open();
        if (open != null) {
            where.append(open ? " AND f.resolved_at IS NULL" : " AND f.resolved_at IS NOT NULL");
        }
        return where.toString();
    }

    private static List<StoredFinding> list(Asking c, String sql, List<Object> parameters) throws SQLException {
        List<StoredFinding> findings = new ArrayList<>();
        try (ResultSet rs = query(c, sql, parameters)) {
            while (rs.next()) {
                findings.add(read(rs));
            }
        }
        return findings;
    }

    private static ResultSet query(Asking c, String sql, List<Object> parameters) throws SQLException {
        PreparedStatement s = c.prepared(sql);
        Rows.bind(s, parameters);
        return s.executeQuery();
    }
}
