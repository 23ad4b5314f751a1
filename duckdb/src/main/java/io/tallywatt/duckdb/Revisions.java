package io.tallywatt.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of revisions, held because nearly every question needs it and joining it in costs more than the question:
 * one meter's month took 12 ms with joins and takes 3 ms without. Revisions are added and never change, but the names of
 * their documents may; so all is forgotten when the store changes.
 */
final class Revisions {
    /** Ids looked up at once: a meter's month is mostly of neighbours. */
    private static final int WINDOW = 512;

    private static final int MOST_WINDOWS = 200;

    private static final String SQL = """
            SELECT r.id, r.zone, r.known_at, r.delivery, d.name, d.received_at
            FROM revisions r JOIN deliveries d ON d.id = r.delivery WHERE r.id >= ? AND r.id < ?""";

    /**
     * One revision.
     *
     * @param zone of the days that it brought
     * @param name of the delivery's document
     */
    record Fact(String zone, Instant knownAt, long delivery, String name, Instant receivedAt) {}

    private static final String LAST_AT = "SELECT coalesce(max(id), 0) FROM revisions WHERE known_at <= ?";

    private static final int MOST_INSTANTS = 1000;

    private final Reader reader;
    private volatile Map<Integer, Map<Integer, Fact>> windows = new ConcurrentHashMap<>();
    private volatile Map<Instant, Integer> instants = new ConcurrentHashMap<>();

    Revisions(Reader reader) {
        this.reader = reader;
    }

    /** To be called after a change was committed. */
    void forget() {
        // A look-up that is under way puts what it finds into the map that it began with.
        windows = new ConcurrentHashMap<>();
        instants = new ConcurrentHashMap<>();
    }

    /** The last revision known at an instant, 0 if there was none. */
    int lastAt(Instant instant) {
        Map<Instant, Integer> current = instants;
        @Nullable Integer known = current.get(instant);
        if (known != null) {
            return known;
        }
        int last = reader.ask("revisions", c -> {
            PreparedStatement s = c.prepared(LAST_AT);
            s.setObject(1, Rows.timestamp(instant));
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getInt(1);
            }
        });
        if (current.size() >= MOST_INSTANTS) {
            current.clear();
        }
        current.put(instant, last);
        return last;
    }

    Fact get(int id) {
        Map<Integer, Map<Integer, Fact>> current = windows;
        int window = id / WINDOW;
        @Nullable Map<Integer, Fact> known = current.get(window);
        @Nullable Fact fact = known == null ? null : known.get(id);
        if (fact == null) {
            Map<Integer, Fact> loaded = reader.ask("revisions", c -> load(c.prepared(SQL), window));
            fact = loaded.get(id);
            if (current.size() >= MOST_WINDOWS) {
                current.clear();
            }
            current.put(window, loaded);
        }
        return Objects.requireNonNull(fact, () -> "Revision " + id + " is not stored");
    }

    private static Map<Integer, Fact> load(PreparedStatement s, int window) throws SQLException {
        s.setInt(1, window * WINDOW);
        s.setInt(2, (window + 1) * WINDOW);
        Map<Integer, Fact> facts = new HashMap<>();
        try (ResultSet rs = s.executeQuery()) {
            while (rs.next()) {
                facts.put(
                        rs.getInt(1),
                        new Fact(
                                rs.getString(2),
                                Rows.needInstant(rs, 3),
                                rs.getLong(4),
                                rs.getString(5),
                                Rows.needInstant(rs, 6)));
            }
        }
        return facts;
    }
}
