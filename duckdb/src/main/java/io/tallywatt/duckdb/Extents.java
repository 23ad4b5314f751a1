package io.tallywatt.duckdb;

import io.tallywatt.core.store.SeriesScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out in which revisions there are as many layers as somebody wants to read, and cuts them into pieces that can be
 * held in memory: DuckDB keeps the whole result of a statement there, and a delivery may bring millions.
 */
final class Extents {
    /** Layers read by one statement, about. */
    static final long PIECE = 20_000;

    /** Revisions counted at first; where they gave too little, so many times more. */
    private static final int WINDOW = 256;

    private static final int WIDENING = 8;

    /** After every name. */
    private static final String END = Character.toString(Character.MAX_CODE_POINT);

    /** The layers that count of the revisions {@code (after, upTo]}, of series with names {@code (behind, last]}. */
    record Extent(int after, int upTo, String behind, String last) {}

    private final Reader reader;
    private final Revisions revisions;
    private final SeriesScope scope;
    private final List<Extent> extents = new ArrayList<>();

    /** The revisions that are not in an extent yet, and how many layers they gave. */
    private int after;

    private int last;
    private long layers;

    private Extents(Reader reader, Revisions revisions, SeriesScope scope, int after) {
        this.reader = reader;
        this.revisions = revisions;
        this.scope = scope;
        this.after = after;
        this.last = after;
    }

    /**
     * Finds the extents of whole instants after a revision until there are so many layers; none if there is nothing.
     *
     * @param wanted at least 1
     */
    static List<Extent> find(Reader reader, Revisions revisions, SeriesScope scope, int after, long wanted) {
        Extents found = new Extents(reader, revisions, scope, after);
        found.count(wanted);
        found.close();
        return found.extents;
    }

    private static final String NEWEST = "SELECT coalesce(max(id), 0) FROM revisions";

    private void count(long wanted) {
        int end = reader.ask("revisions", c -> {
            try (ResultSet rs = c.prepared(NEWEST).executeQuery()) {
                rs.next();
                return rs.getInt(1);
            }
        });
        long missing = wanted;
        int seen = after;
        for (long window = WINDOW; seen < end; window *= WIDENING) {
            int from = seen;
            int to = (int) Math.min(end, from + window);
            for (Count count : reader.ask("revisions", c -> counts(c.prepared(counting("revision")), from, to))) {
                if (count.revision > end) {
                    break;
                }
                add(count);
                if (missing > 0 && count.layers >= missing) {
                    end = revisions.lastAt(revisions.get(count.revision).knownAt());
                }
                missing -= count.layers;
            }
            seen = to;
        }
    }

    /** How many layers count of each revision or series. */
    private String counting(String by) {
        return """
                SELECT %s, count(*)
                FROM (SELECT series, revision FROM blocks WHERE pure AND revision > ? AND revision <= ?
                    UNION ALL SELECT series, revision FROM parts
                        WHERE ended IS NULL AND revision > ? AND revision <= ?) b
                    JOIN series s ON s.id = b.series WHERE %s
                GROUP BY %s ORDER BY %s""".formatted(by, Follower.in(scope, "s.name"), by, by);
    }

    private record Count(int revision, long layers) {}

    private List<Count> counts(PreparedStatement s, int from, int to) throws SQLException {
        Rows.bind(s, List.of(from, to, from, to, scope.text()));
        List<Count> counts = new ArrayList<>();
        try (ResultSet rs = s.executeQuery()) {
            while (rs.next()) {
                counts.add(new Count(rs.getInt(1), rs.getLong(2)));
            }
        }
        return counts;
    }

    private void add(Count count) {
        if (layers > 0 && layers + count.layers > PIECE && !sameInstant(last, count.revision)) {
            close();
        }
        layers += count.layers;
        last = count.revision;
    }

    private boolean sameInstant(int one, int other) {
        return revisions.get(one).knownAt().equals(revisions.get(other).knownAt());
    }

    private void close() {
        if (layers > PIECE) {
            extents.addAll(reader.ask("revisions", c -> pieces(c.prepared(counting("s.name")))));
        } else if (layers > 0) {
            extents.add(new Extent(after, last, "", END));
        }
        after = last;
        layers = 0;
    }

    /** More than a piece of one instant, cut by names. */
    private List<Extent> pieces(PreparedStatement s) throws SQLException {
        Rows.bind(s, List.of(after, last, after, last, scope.text()));
        List<Extent> pieces = new ArrayList<>();
        String behind = "";
        long piece = 0;
        try (ResultSet rs = s.executeQuery()) {
            while (rs.next()) {
                piece += rs.getLong(2);
                if (piece >= PIECE) {
                    pieces.add(new Extent(after, last, behind, rs.getString(1)));
                    behind = rs.getString(1);
                    piece = 0;
                }
            }
        }
        pieces.add(new Extent(after, last, behind, END));
        return pieces;
    }
}
