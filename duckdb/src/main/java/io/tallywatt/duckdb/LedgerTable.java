package io.tallywatt.duckdb;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.DeliveryState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The tables of the ledger, inside whatever transaction the connection has open. */
final class LedgerTable {
    private static final String SELECT = """
            SELECT id, name, digest, bytes, format, settings, zone, received_at, known_at, state, reason, n_rows,
                rejected, readings, created, unchanged, extended, corrected, removed
            FROM deliveries\s""";

    private LedgerTable() {}

    static long nextId(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT coalesce(max(id), 0) + 1 FROM deliveries")) {
            rs.next();
            return rs.getLong(1);
        }
    }

    static boolean mayKnow(Connection c, long bytes) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("SELECT 1 FROM deliveries WHERE ? < 0 OR bytes = ? LIMIT 1")) {
            s.setLong(1, bytes);
            s.setLong(2, bytes);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next();
            }
        }
    }

    static Optional<Delivery> byDigest(Connection c, String digest) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(SELECT + "WHERE digest = ?")) {
            s.setString(1, digest);
            return first(c, s);
        }
    }

    /** Deliveries by their digests: those that there are. */
    static Map<String, Delivery> byDigests(Connection c, List<String> digests) throws SQLException {
        if (digests.isEmpty()) {
            return Map.of();
        }
        // Digests are hex digits; as many parameters would take longer to bind than to read.
        String list = digests.stream().map(d -> "'" + d + "'").collect(Collectors.joining(",", "(", ")"));
        Map<String, Delivery> found = new HashMap<>();
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(SELECT + "WHERE digest IN " + list)) {
            while (rs.next()) {
                Delivery delivery = read(rs, List.of());
                found.put(delivery.digest(), delivery);
            }
        }
        if (!found.isEmpty()) {
            LongSummaryStatistics ids =
                    found.values().stream().mapToLong(Delivery::id).summaryStatistics();
            Map<Long, List<Notice>> notices = notices(c, ids.getMin(), ids.getMax());
            found.replaceAll((digest, d) -> with(d, notices.getOrDefault(d.id(), List.of())));
        }
        return found;
    }

    static Optional<Delivery> byId(Connection c, long id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(SELECT + "WHERE id = ?")) {
            s.setLong(1, id);
            return first(c, s);
        }
    }

    private static Optional<Delivery> first(Connection c, PreparedStatement s) throws SQLException {
        @Nullable Delivery found = null;
        try (ResultSet rs = s.executeQuery()) {
            if (rs.next()) {
                found = read(rs, List.of());
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(with(found, notices(c, found.id(), found.id()).getOrDefault(found.id(), List.of())));
    }

    static List<Delivery> search(Connection c, DeliverySearch search) throws SQLException {
        List<Delivery> found = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement(SELECT + """
                 WHERE (? IS NULL OR state = ?) AND (? IS NULL OR name = ?)
                    AND (?::TIMESTAMP IS NULL OR known_at < ?) ORDER BY known_at DESC, id DESC LIMIT ?""")) {
            @Nullable
            String state = search.state() == null ? null : search.state().name();
            s.setString(1, state);
            s.setString(2, state);
            s.setString(3, search.name());
            s.setString(4, search.name());
            @Nullable Object before = search.before() == null ? null : Rows.timestamp(search.before());
            s.setObject(5, before);
            s.setObject(6, before);
            s.setLong(7, search.limit());
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    found.add(read(rs, List.of()));
                }
            }
        }
        if (found.isEmpty()) {
            return found;
        }
        LongSummaryStatistics ids = found.stream().mapToLong(Delivery::id).summaryStatistics();
        Map<Long, List<Notice>> notices = notices(c, ids.getMin(), ids.getMax());
        found.replaceAll(d -> with(d, notices.getOrDefault(d.id(), List.of())));
        return found;
    }

    static Map<String, Set<String>> digestsTaken(Connection c, Collection<String> names) throws SQLException {
        Map<String, Set<String>> found = new HashMap<>();
        try (PreparedStatement s = c.prepareStatement("""
                SELECT name, digest FROM deliveries
                WHERE state = 'TAKEN' AND name IN (SELECT unnest(?::VARCHAR[]))""")) {
            s.setArray(1, c.createArrayOf("VARCHAR", names.toArray()));
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    found.computeIfAbsent(rs.getString(1), name -> new HashSet<>())
                            .add(rs.getString(2));
                }
            }
        }
        return found;
    }

    private static Map<Long, List<Notice>> notices(Connection c, long first, long last) throws SQLException {
        Map<Long, List<Notice>> byDelivery = new HashMap<>();
        try (PreparedStatement s = c.prepareStatement("""
                SELECT delivery, code, n, first_line, message FROM notices
                WHERE delivery BETWEEN ? AND ? ORDER BY delivery, code""")) {
            s.setLong(1, first);
            s.setLong(2, last);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    byDelivery
                            .computeIfAbsent(rs.getLong(1), id -> new ArrayList<>())
                            .add(new Notice(
                                    NoticeCode.valueOf(rs.getString(2)),
                                    rs.getLong(3),
                                    rs.getLong(4),
                                    Rows.text(rs, 5)));
                }
            }
        }
        return byDelivery;
    }

    private static Delivery read(ResultSet rs, List<Notice> notices) throws SQLException {
        return new Delivery(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                rs.getLong(4),
                rs.getString(5),
                rs.getString(6),
                rs.getString(7),
                Rows.needInstant(rs, 8),
                Rows.needInstant(rs, 9),
                DeliveryState.valueOf(rs.getString(10)),
                rs.getString(11),
                new Counts(
                        rs.getLong(12),
                        rs.getLong(13),
                        rs.getLong(14),
                        rs.getLong(15),
                        rs.getLong(16),
                        rs.getLong(17),
                        rs.getLong(18),
                        rs.getLong(19)),
                notices);
    }

    private static Delivery with(Delivery d, List<Notice> notices) {
        return new Delivery(
                d.id(),
                d.name(),
                d.digest(),
                d.bytes(),
                d.format(),
                d.settings(),
                d.zone(),
                d.receivedAt(),
                d.knownAt(),
                d.state(),
                d.reason(),
                d.counts(),
                notices);
    }

    /** Writes an entry in place of what the ledger holds under its id. */
    static void put(Connection c, Delivery d) throws SQLException {
        clear(c, "deliveries", "id", d.id());
        clear(c, "notices", "delivery", d.id());
        try (PreparedStatement s =
                c.prepareStatement("INSERT INTO deliveries VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            s.setLong(1, d.id());
            s.setString(2, d.name());
            s.setString(3, d.digest());
            s.setLong(4, d.bytes());
            s.setString(5, d.format());
            s.setString(6, d.settings());
            s.setString(7, d.zone());
            s.setObject(8, Rows.timestamp(d.receivedAt()));
            s.setObject(9, Rows.timestamp(d.knownAt()));
            s.setString(10, d.state().name());
            s.setString(11, d.reason());
            s.setLong(12, d.counts().rows());
            s.setLong(13, d.counts().rejected());
            s.setLong(14, d.counts().readings());
            s.setLong(15, d.counts().created());
            s.setLong(16, d.counts().unchanged());
            s.setLong(17, d.counts().extended());
            s.setLong(18, d.counts().corrected());
            s.setLong(19, d.counts().removed());
            s.executeUpdate();
        }
        for (Notice notice : d.notices()) {
            try (PreparedStatement s = c.prepareStatement("INSERT INTO notices VALUES (?,?,?,?,?)")) {
                s.setLong(1, d.id());
                s.setString(2, notice.code().name());
                s.setLong(3, notice.count());
                s.setLong(4, notice.firstLine());
                s.setString(5, notice.message());
                s.executeUpdate();
            }
        }
    }

    /** Writes entries that the ledger does not hold yet. */
    static void append(DuckDBConnection c, Collection<Delivery> deliveries) throws SQLException {
        try (DuckDBAppender a = c.createAppender(DuckDbStore.CATALOG, "main", "deliveries")) {
            for (Delivery d : deliveries) {
                a.beginRow().append(d.id()).append(d.name()).append(d.digest()).append(d.bytes());
                a.append(d.format()).append(d.settings()).append(d.zone());
                a.append(Rows.timestamp(d.receivedAt())).append(Rows.timestamp(d.knownAt()));
                a.append(d.state().name());
                if (d.reason() == null) {
                    a.appendNull();
                } else {
                    a.append(d.reason());
                }
                Counts n = d.counts();
                a.append(n.rows()).append(n.rejected()).append(n.readings()).append(n.created());
                a.append(n.unchanged())
                        .append(n.extended())
                        .append(n.corrected())
                        .append(n.removed());
                a.endRow();
            }
        }
        if (deliveries.stream().allMatch(d -> d.notices().isEmpty())) {
            return;
        }
        try (DuckDBAppender a = c.createAppender(DuckDbStore.CATALOG, "main", "notices")) {
            for (Delivery d : deliveries) {
                for (Notice notice : d.notices()) {
                    a.beginRow().append(d.id()).append(notice.code().name()).append(notice.count());
                    a.append(notice.firstLine()).append(notice.message()).endRow();
                }
            }
        }
    }

    private static void clear(Connection c, String table, String column, long id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("DELETE FROM " + table + " WHERE " + column + " = ?")) {
            s.setLong(1, id);
            s.executeUpdate();
        }
    }

    static void putRejects(Connection c, long delivery, Iterator<Reject> rejects) throws SQLException {
        clear(c, "rejects", "delivery", delivery);
        appendRejects(c, delivery, rejects);
    }

    /** Writes rejects of a delivery that has none yet. */
    static void appendRejects(Connection c, long delivery, Iterator<Reject> rejects) throws SQLException {
        if (!rejects.hasNext()) {
            return;
        }
        try (DuckDBAppender appender =
                c.unwrap(DuckDBConnection.class).createAppender(DuckDbStore.CATALOG, "main", "rejects")) {
            while (rejects.hasNext()) {
                Reject r = rejects.next();
                appender.beginRow()
                        .append(delivery)
                        .append(r.line())
                        .append(r.column())
                        .append(r.code().name())
                        .append(r.message())
                        .append(r.text())
                        .endRow();
            }
        }
    }
}
