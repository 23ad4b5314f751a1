package io.tallywatt.duckdb;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Layer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** What a run of days came to in a {@link Merge}, written in one go. */
final class MergeResults {
    record Row(int series, DayBlock block, long line) {}

    record Part(
            int series,
            DayBlock block,
            long line,
            int revision,
            @Nullable Integer ended,
            @Nullable Layer same) {
        static Part of(int series, Layer layer, @Nullable Integer ended, @Nullable Layer same) {
            return new Part(series, layer.block(), layer.precedence().line(), (int) layer.revision(), ended, same);
        }
    }

    private final Connection connection;
    private final BlockFeed feed;
    private final int revision;
    final List<Long> deleteBlocks = new ArrayList<>();
    final List<Long> endParts = new ArrayList<>();
    final List<Row> pure = new ArrayList<>();
    final List<Row> composite = new ArrayList<>();
    final List<Part> parts = new ArrayList<>();

    void write() throws SQLException {
        try (Statement s = connection.createStatement()) {
            if (!deleteBlocks.isEmpty()) {
                s.execute("DELETE FROM blocks WHERE rowid IN " + list(deleteBlocks));
            }
            if (!endParts.isEmpty()) {
                s.execute("UPDATE parts SET ended = " + revision + " WHERE rowid IN " + list(endParts));
            }
            insert(s, pure, true);
            insert(s, composite, false);
        }
        if (!parts.isEmpty()) {
            appendParts();
        }
    }

    private String list(List<Long> rows) {
        return rows.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }

    private void insert(Statement s, List<Row> rows, boolean asPure) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        RowCursor cursor = new RowCursor(rows);
        feed.load(() -> cursor, BlockFeed.Gate.OPEN);
        s.execute(Taking.insertBlocks(revision, asPure));
    }

    private void appendParts() throws SQLException {
        try (DuckDBAppender a =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDbStore.CATALOG, "main", "parts")) {
            for (Part part : parts) {
                append(a, part);
            }
        }
    }

    /** Appends a row of parts. */
    static void append(DuckDBAppender a, Part part) throws SQLException {
        a.beginRow().append(part.series());
        a.appendEpochDays(part.block().day());
        a.appendEpochMicros(part.block().start() * 1_000_000L);
        if (part.same() != null) {
            a.append(0).append((byte) 0).appendNull().appendNull().appendNull();
        } else {
            PartColumns.append(a, part.block());
        }
        a.append(part.line()).append(part.revision());
        if (part.ended() == null) {
            a.appendNull();
        } else {
            a.append(part.ended().intValue());
        }
        if (part.same() == null) {
            a.appendNull().appendNull();
        } else {
            a.append((int) part.same().revision())
                    .append(part.same().precedence().line());
        }
        a.endRow();
    }

    MergeResults(Connection connection, BlockFeed feed, int revision) {
        this.connection = connection;
        this.feed = feed;
        this.revision = revision;
    }

    /** Hands rows out, to all threads from one place. */
    private static final class RowCursor implements BlockCursor {
        private final List<Row> rows;
        private int next;

        RowCursor(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next(BlockBatch batch) {
            synchronized (rows) {
                batch.clear();
                for (; next < rows.size() && !batch.isFull(); next++) {
                    Row row = rows.get(next);
                    batch.add(row.series(), row.block(), row.line());
                }
                return batch.size > 0;
            }
        }
    }
}
