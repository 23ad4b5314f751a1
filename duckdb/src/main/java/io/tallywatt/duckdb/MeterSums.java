package io.tallywatt.duckdb;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.MeterTotals;
import io.tallywatt.core.store.StoredBlock;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * What some meters come to, by date. DuckDB adds up the blocks as they stand, from the sums that lie beside each: no value is
 * read. That is right as of a revision where the block has stood since before it, which is so of nearly all; the few days of which the
 * layers have to be looked at are <em>doubtful</em>, and are worked out one by one.
 *
 * <p>A block's row says the revision since which it stands. A day is doubtful if something of it was known at the revision asked about
 * and: no row stands, or one that came later; or a layer ended with the row or after it (the row may be new and its readings old); or a
 * layer from before the row says the same as it (the same again); or a layer came after the row that is not the row's own once more.
 *
 * <p>All of it in one transaction, with temporary tables that only this connection sees.
 */
final class MeterSums {
    private static final String SIMPLE = """
            FROM tallywatt.blocks b JOIN asked_series a ON a.series = b.series
                ANTI JOIN doubtful d ON d.series = b.series AND d.day = b.day
            WHERE b.day >= DATE '%s' AND b.day < DATE '%s' AND b.revision <= %d""";

    /** Layers of the doubtful days, as {@link Reader} reads those of one series. */
    private static final String LAYERS =
            """
            SELECT b.revision, b.ended, b.same_revision, b.same_line, b.line, %s, a.name, a.meter
            FROM (
                SELECT %s, revision, NULL::INTEGER AS ended, NULL::INTEGER AS same_revision, NULL::BIGINT AS same_line
                FROM tallywatt.blocks WHERE pure AND revision <= %%d
                UNION ALL SELECT %s, revision, ended, same_revision, same_line
                FROM tallywatt.parts WHERE revision <= %%d) b
                JOIN doubtful d ON d.series = b.series AND d.day = b.day JOIN asked_series a ON a.series = b.series
            ORDER BY b.series, b.day""".formatted(Rows.blockColumns("b"), Schema.BLOCK_COLUMNS, Schema.BLOCK_COLUMNS);

    private final Connection connection;
    private final Reader reader;
    private final int revision;
    private final MeterTotals totals;
    private final LocalDate from;
    private final LocalDate to;

    /** @param revision as of which is asked, {@link Reader#NOW} for none */
    MeterSums(Connection connection, Reader reader, int revision, LocalDate from, LocalDate to) {
        this.connection = connection;
        this.reader = reader;
        this.revision = revision;
        this.totals = new MeterTotals(from, to);
        this.from = from;
        this.to = to;
    }

    List<JournalEntry> of(Collection<Series> meters) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            ask(s, meters);
            addDoubtful(s, findDoubtful(s));
            addSums(s);
            addMarked(s);
            addSeen(s);
            connection.commit();
        }
        connection.setAutoCommit(true);
        return totals.entries();
    }

    private void ask(Statement s, Collection<Series> meters) throws SQLException {
        s.execute("CREATE OR REPLACE TEMP TABLE asked_meters(name VARCHAR)");
        DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
        try (DuckDBAppender a = duckdb.createAppender("temp", "main", "asked_meters")) {
            for (Series meter : meters) {
                a.beginRow().append(meter.toString()).endRow();
            }
        }
        s.execute("""
                CREATE OR REPLACE TEMP TABLE asked_series AS
                SELECT s.id AS series, s.meter, s.name FROM tallywatt.series s SEMI JOIN asked_meters m
                    ON m.name = 'meter/' || split_part(s.name, '/', 2) || '/consumption'
                WHERE starts_with(s.name, 'meter/') AND split_part(s.name, '/', 3) = 'consumption'""");
        s.execute("CREATE OR REPLACE TEMP TABLE seen_besides(meter INTEGER, day DATE)");
    }

    private boolean findDoubtful(Statement s) throws SQLException {
        // Of what stands now nothing that was removed is a part.
        String removed = revision == Reader.NOW ? "false" : "b.series IS NULL";
        s.execute("CREATE OR REPLACE TEMP TABLE doubtful AS SELECT DISTINCT p.series, p.day"
                + " FROM (SELECT * FROM tallywatt.parts SEMI JOIN asked_series USING (series)"
                + "     WHERE day >= DATE '" + totals.seenFrom() + "' AND day < DATE '" + to + "' AND revision <= "
                + revision + ") p"
                + " LEFT JOIN (SELECT * FROM tallywatt.blocks SEMI JOIN asked_series USING (series)"
                + "     WHERE day >= DATE '" + totals.seenFrom() + "' AND day < DATE '" + to + "') b"
                + " ON b.series = p.series AND b.day = p.day"
                + " WHERE " + removed + " OR b.revision > " + revision
                + " OR p.ended >= b.revision"
                + " OR (p.revision < b.revision AND p.same_revision >= b.revision)"
                + " OR (p.revision > b.revision AND (NOT b.pure OR p.same_revision IS DISTINCT FROM b.revision"
                + "     OR p.same_line IS DISTINCT FROM b.line))");
        try (ResultSet rs = s.executeQuery("SELECT count(*) FROM doubtful")) {
            rs.next();
            return rs.getLong(1) > 0;
        }
    }

    private void addDoubtful(Statement s, boolean any) throws SQLException {
        if (!any) {
            return;
        }
        DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
        record Seen(int meter, int day) {}
        List<Seen> seen = new ArrayList<>();
        try (ResultSet rs = s.executeQuery(LAYERS.formatted(revision, revision))) {
            List<StoredDay.Given> day = new ArrayList<>();
            int meter = 0;
            while (rs.next()) {
                StoredDay.Given row = reader.givenOf(rs.getString(13), rs);
                if (!day.isEmpty()
                        && (row.day() != day.getFirst().day()
                                || !row.series().equals(day.getFirst().series()))) {
                    if (addDay(day)) {
                        seen.add(new Seen(meter, day.getFirst().day()));
                    }
                    day.clear();
                }
                day.add(row);
                meter = rs.getInt(14);
            }
            if (!day.isEmpty() && addDay(day)) {
                seen.add(new Seen(meter, day.getFirst().day()));
            }
        }
        try (DuckDBAppender a = duckdb.createAppender("temp", "main", "seen_besides")) {
            for (Seen one : seen) {
                a.beginRow().append(one.meter()).appendEpochDays(one.day()).endRow();
            }
        }
    }

    /** Whether the day has a reading that counts. */
    private boolean addDay(List<StoredDay.Given> layers) {
        StoredBlock block = StoredDay.of(List.copyOf(layers)).at(revision).orElse(null);
        if (block == null) {
            return false;
        }
        totals.add(block);
        return block.block().counted() > 0;
    }

    private String simple(LocalDate first) {
        return SIMPLE.formatted(first, to, revision);
    }

    /** By scale, so that each sum is one of whole numbers; a block without marks has as many readings as intervals, all ACTUAL. */
    private void addSums(Statement s) throws SQLException {
        try (ResultSet rs = s.executeQuery("""
                SELECT g.day, r.zone, g.scale, sum(g.total)::DECIMAL(38,0), sum(g.counted)::BIGINT, sum(g.plain)::BIGINT, max(g.revision)
                FROM (SELECT b.day, b.revision, b.scale, sum(b.total) AS total, sum(b.counted) AS counted,
                        coalesce(sum(b.counted) FILTER (b.quality IS NULL), 0) AS plain
                    %s GROUP BY b.day, b.revision, b.scale) g
                    JOIN tallywatt.revisions r ON r.id = g.revision
                GROUP BY g.day, r.zone, g.scale""".formatted(simple(from)))) {
            while (rs.next()) {
                BigDecimal energy = rs.getBigDecimal(4).movePointLeft(rs.getInt(3));
                long plain = rs.getLong(6);
                totals.add(
                        rs.getObject(1, LocalDate.class),
                        new Tally(energy, 0, 0, plain, plain, 0, 0, 0),
                        rs.getLong(5) > 0 ? rs.getString(2) : null,
                        reader.knownAt(rs.getInt(7)));
            }
        }
    }

    private void addMarked(Statement s) throws SQLException {
        try (ResultSet rs = s.executeQuery("""
                SELECT day, count(*), count(*) FILTER (q = 0), count(*) FILTER (q = 1), count(*) FILTER (q = 2),
                    count(*) FILTER (q = 3), max(revision)
                FROM (SELECT b.day, b.revision, unnest(b.quality) AS q %s AND b.quality IS NOT NULL)
                GROUP BY day""".formatted(simple(from)))) {
            while (rs.next()) {
                totals.add(
                        rs.getObject(1, LocalDate.class),
                        new Tally(
                                BigDecimal.ZERO,
                                0,
                                0,
                                rs.getLong(2),
                                rs.getLong(3),
                                rs.getLong(4),
                                rs.getLong(5),
                                rs.getLong(6)),
                        null,
                        reader.knownAt(rs.getInt(7)));
            }
        }
    }

    /** Who was seen on which day, and between which days not; of that only how many by day. */
    private void addSeen(Statement s) throws SQLException {
        try (ResultSet rs = s.executeQuery("""
                WITH steps AS (
                    SELECT meter, day, lead(day) OVER (PARTITION BY meter ORDER BY day) AS upcoming FROM (
                        SELECT %s meter, day FROM (
                            SELECT a.meter, b.day %s AND b.counted > 0
                            UNION ALL SELECT meter, day FROM seen_besides))),
                gaps AS (SELECT day, upcoming FROM steps WHERE upcoming IS NULL OR upcoming > day + 1)
                SELECT (day - DATE '1970-01-01')::INTEGER, sum(seen)::BIGINT, sum(falling)::BIGINT FROM (
                    SELECT day, count(*) AS seen, 0 AS falling FROM steps GROUP BY day
                    UNION ALL SELECT day + 1, 0, count(*) FROM gaps GROUP BY day
                    UNION ALL SELECT least(coalesce(upcoming, day + %d), day + %d), 0, -1 FROM gaps)
                GROUP BY day""".formatted(
                        severalRegisters(s) ? "DISTINCT" : "",
                        simple(totals.seenFrom()),
                        MeterTotals.SILENT_DAYS + 1,
                        MeterTotals.SILENT_DAYS + 1))) {
            while (rs.next()) {
                totals.seen(rs.getInt(1), rs.getLong(2), rs.getLong(3));
            }
        }
    }

    private static boolean severalRegisters(Statement s) throws SQLException {
        try (ResultSet rs = s.executeQuery("SELECT count(*) > count(DISTINCT meter) FROM asked_series")) {
            rs.next();
            return rs.getBoolean(1);
        }
    }
}
