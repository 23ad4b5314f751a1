package io.tallywatt.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the blocks of a month in the order of their series. Nightly deliveries leave each series' days in as many row groups
 * as there were nights; in order, a month of a series lies in one.
 */
final class Tidying {
    /** With fewer blocks than this in a month there is nothing to gain. */
    private static final long WORTHWHILE = 50_000;

    /** A month that came in fewer deliveries lies together well enough. */
    private static final int MANY_REVISIONS = 8;

    private final Connection connection;

    Tidying(Connection connection) {
        this.connection = connection;
    }

    /**
     * The months that ended at least {@link JournalDraft#SILENT_DAYS} days before the newest day stored, and are not in
     * order: their days are spread over the table as they came.
     */
    List<YearMonth> due() throws SQLException {
        List<YearMonth> due = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT b.month FROM (
                            SELECT date_trunc('month', day)::DATE AS month, count(*) AS n,
                                count(DISTINCT revision) AS revisions
                            FROM blocks GROUP BY ALL) b
                        LEFT JOIN tidied t ON t.month = b.month AND t.blocks = b.n
                        WHERE t.month IS NULL AND b.n >= %d AND b.revisions >= %d
                            AND b.month + INTERVAL 1 MONTH + INTERVAL %d DAY <= (SELECT max(day) FROM blocks)
                        ORDER BY b.month""".formatted(WORTHWHILE, MANY_REVISIONS, JournalDraft.SILENT_DAYS))) {
            while (rs.next()) {
                due.add(YearMonth.from(rs.getObject(1, LocalDate.class)));
            }
        }
        return due;
    }

    /** Rewrites one month, inside the caller's transaction. */
    void rewrite(YearMonth month) throws SQLException {
        String days = "day BETWEEN " + JournalDraft.date((int) month.atDay(1).toEpochDay()) + " AND "
                + JournalDraft.date((int) month.atEndOfMonth().toEpochDay());
        try (Statement s = connection.createStatement()) {
            // What is inserted here gets greater row ids than all that is there, so the old rows can be told apart.
            long last;
            try (ResultSet rs = s.executeQuery("SELECT max(rowid) FROM blocks")) {
                rs.next();
                last = rs.getLong(1);
            }
            s.execute("SET preserve_insertion_order = true");
            try {
                s.execute("INSERT INTO blocks SELECT * FROM blocks WHERE " + days + " ORDER BY series, day");
                s.execute("DELETE FROM blocks WHERE " + days + " AND rowid <= " + last);
                s.execute("DELETE FROM tidied WHERE month = DATE '" + month.atDay(1) + "'");
                s.execute(
                        "INSERT INTO tidied SELECT DATE '" + month.atDay(1) + "', count(*) FROM blocks WHERE " + days);
            } finally {
                s.execute("SET preserve_insertion_order = false");
            }
        }
    }
}
