package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Precedence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Reads what is stored of the days of {@link SmallTaking}, and writes what became of them. */
final class SmallDays {
    private final Connection connection;
    private final Catalogue catalogue;

    SmallDays(Connection connection, Catalogue catalogue) {
        this.connection = connection;
        this.catalogue = catalogue;
    }

    private static long key(int series, int day) {
        return (long) series << 32 | day;
    }

    /** The days by their keys, noted in a temporary table; only those that may be stored. */
    private Map<Long, SmallDay> note(Statement s, Collection<SmallDay> days) throws SQLException {
        Map<Long, SmallDay> byKey = new HashMap<>();
        s.execute("CREATE OR REPLACE TEMP TABLE keys(series INTEGER, day DATE)");
        try (DuckDBAppender a = connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", "keys")) {
            for (SmallDay day : days) {
                if (catalogue.spans.covers(day.series, day.day)) {
                    byKey.put(key(day.series, day.day), day);
                    a.beginRow().append(day.series).appendEpochDays(day.day).endRow();
                }
            }
        }
        return byKey;
    }

    /** With the range of days, so that row groups that cannot hold them are not looked at. */
    private static String ofKeys(String alias, Map<Long, SmallDay> byKey) {
        int first = byKey.values().stream().mapToInt(d -> d.day).min().orElseThrow();
        int last = byKey.values().stream().mapToInt(d -> d.day).max().orElseThrow();
        return " SEMI JOIN keys k ON t.series = k.series AND t.day = k.day WHERE t.day BETWEEN "
                        .replace("t.", alias + ".")
                + JournalDraft.date(first) + " AND " + JournalDraft.date(last);
    }

    /** The blocks as they stand. */
    void load(Collection<SmallDay> days) throws SQLException {
        try (Statement s = connection.createStatement()) {
            Map<Long, SmallDay> byKey = note(s, days);
            if (byKey.isEmpty()) {
                return;
            }
            String own = Rows.blockColumns("t");
            try (ResultSet rs = s.executeQuery("SELECT t.series, t.line, t.revision, t.pure, t.rowid, " + own
                    + " FROM blocks t" + ofKeys("t", byKey))) {
                while (rs.next()) {
                    SmallDay day = of(byKey, rs.getInt(1), rs.getInt(6));
                    DayBlock block = Objects.requireNonNull(Rows.block(rs, 6));
                    day.before = block;
                    day.blockRow = rs.getLong(5);
                    if (rs.getBoolean(4)) {
                        // Who gave it is looked up where it matters.
                        day.pure = new Layer(rs.getInt(3), new Precedence(Instant.EPOCH, 0, rs.getLong(2)), block);
                    }
                }
            }
            try (ResultSet rs = s.executeQuery(
                    "SELECT DISTINCT t.series, (t.day - DATE '1970-01-01')::INTEGER FROM parts t" + ofKeys("t", byKey)
                            + " AND t.ended IS NULL AND (t.resolution > 0 OR t.same_revision IS NOT NULL)")) {
                while (rs.next()) {
                    of(byKey, rs.getInt(1), rs.getInt(2)).anyGrid = true;
                }
            }
        }
    }

    private static SmallDay of(Map<Long, SmallDay> byKey, int series, int day) {
        return Objects.requireNonNull(byKey.get(key(series, day)));
    }

    /** A layer that says the same as another. */
    private record Reference(SmallDay day, int revision, Precedence precedence, int sameRevision, long sameLine) {}

    /** The layers that count, and who gave them. */
    void loadLayers(Collection<SmallDay> days) throws SQLException {
        try (Statement s = connection.createStatement()) {
            Map<Long, SmallDay> byKey = note(s, days);
            if (byKey.isEmpty()) {
                return;
            }
            String columns = Rows.blockColumns("t");
            String given = " JOIN revisions r ON r.id = t.revision JOIN deliveries d ON d.id = r.delivery";
            String wanted = "t.series, t.line, t.revision, d.id, d.received_at, ";
            List<Reference> references = new ArrayList<>();
            try (ResultSet rs = s.executeQuery("SELECT " + wanted + "false, NULL::INTEGER, NULL::BIGINT, " + columns
                    + " FROM (SELECT * FROM blocks t" + ofKeys("t", byKey) + " AND t.pure) t" + given
                    + " UNION ALL SELECT " + wanted + "t.ended IS NOT NULL, t.same_revision, t.same_line, " + columns
                    + " FROM (SELECT * FROM parts t" + ofKeys("t", byKey) + ") t" + given)) {
                while (rs.next()) {
                    SmallDay day = of(byKey, rs.getInt(1), rs.getInt(9));
                    Precedence precedence = new Precedence(Rows.needInstant(rs, 5), rs.getLong(4), rs.getLong(2));
                    boolean over = rs.getBoolean(6);
                    @Nullable DayBlock block = Rows.block(rs, 9);
                    if (block == null) {
                        if (!over) {
                            references.add(new Reference(day, rs.getInt(3), precedence, rs.getInt(7), rs.getLong(8)));
                        }
                        continue;
                    }
                    Layer layer = new Layer(rs.getInt(3), precedence, block);
                    day.valued.add(layer);
                    if (!over) {
                        day.active.add(layer);
                    }
                }
            }
            for (Reference r : references) {
                DayBlock values = r.day.valued.stream()
                        .filter(v ->
                                v.revision() == r.sameRevision && v.precedence().line() == r.sameLine)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("Layer " + r.sameRevision + "/" + r.sameLine
                                + " of day " + r.day.day + " is not stored"))
                        .block();
                r.day.active.add(new Layer(r.revision, r.precedence, values));
            }
        }
    }

    /** Writes blocks and layers. */
    static void write(Connection connection, Collection<SmallDay> days) throws SQLException {
        List<SmallDay> changed =
                days.stream().filter(d -> !Objects.equals(d.before, d.after)).toList();
        String rows = changed.stream()
                .filter(d -> d.before != null)
                .map(d -> String.valueOf(d.blockRow))
                .collect(Collectors.joining(","));
        if (!rows.isEmpty()) {
            try (Statement s = connection.createStatement()) {
                s.execute("DELETE FROM blocks WHERE rowid IN (" + rows + ")");
            }
        }
        DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
        Map<SmallDay, Layer> tops = new HashMap<>();
        try (DuckDBAppender a = duckdb.createAppender(DuckDbStore.CATALOG, "main", "blocks")) {
            for (SmallDay day : changed) {
                @Nullable Layer top = top(day);
                if (top != null) {
                    tops.put(day, top);
                }
                appendBlock(a, day, top == null ? day.added().getLast() : top, top != null);
            }
        }
        try (DuckDBAppender a = duckdb.createAppender(DuckDbStore.CATALOG, "main", "parts")) {
            for (SmallDay day : days) {
                appendLayers(a, day, tops.get(day));
            }
        }
    }

    /** The last new layer that alone is what the block comes to: then the block stores it. */
    private static @Nullable Layer top(SmallDay day) {
        return day.added().reversed().stream()
                .filter(layer -> layer.block().equals(day.after))
                .findFirst()
                .orElse(null);
    }

    private static void appendBlock(DuckDBAppender a, SmallDay day, Layer giving, boolean pure) throws SQLException {
        DayBlock block = Objects.requireNonNull(day.after);
        int counted = block.counted();
        a.beginRow().append(day.series).appendEpochDays(block.day()).appendEpochMicros(block.start() * 1_000_000L);
        PartColumns.append(a, block);
        a.append(giving.precedence().line()).append(counted).append(block.totalUnits());
        a.append(counted == 0 ? 0 : block.minUnits()).append(counted == 0 ? 0 : block.maxUnits());
        a.append((int) giving.revision()).append(pure);
        a.endRow();
    }

    private static void appendLayers(DuckDBAppender a, SmallDay day, @Nullable Layer top) throws SQLException {
        boolean changed = !Objects.equals(day.before, day.after);
        List<Layer> valued = new ArrayList<>(day.valued);
        if (changed && day.pure != null) {
            appendLayer(a, day, day.pure, null);
        }
        if (top != null) {
            valued.add(top);
        }
        for (Layer layer : day.added()) {
            if (layer.equals(top)) {
                continue;
            }
            @Nullable
            Layer same = valued.stream()
                    .filter(v -> v.block().equals(layer.block()))
                    .findFirst()
                    .orElse(null);
            appendLayer(a, day, layer, same);
            if (same == null) {
                valued.add(layer);
            }
        }
    }

    private static void appendLayer(DuckDBAppender a, SmallDay day, Layer layer, @Nullable Layer same)
            throws SQLException {
        MergeResults.append(a, MergeResults.Part.of(day.series, layer, null, same));
    }
}
