package io.tallywatt.duckdb;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.Change;
import io.tallywatt.core.store.ChangeReport;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Precedence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lays what was staged over what is stored, and ends the layers of revisions that are undone: series by series, so many
 * days at a time, so that memory stays flat. What becomes of a day is decided by {@link Change}; here it is only read and
 * written.
 */
final class Merge {
    /** Days worked on at a time: each is a few kilobytes as objects. */
    private static final int DAYS_AT_ONCE = 20_000;

    /** Who gave the layers of a revision. */
    record Giver(long delivery, Instant receivedAt) {
        Precedence at(long line) {
            return new Precedence(receivedAt, delivery, line);
        }
    }

    private final Connection connection;
    private final BlockFeed feed;
    private final Catalogue catalogue;
    private final JournalDraft journal;
    private final int revision;
    private final Giver giver;
    private final Set<Integer> ended;
    private final String zone;
    private final Intake.@Nullable Pass pass;
    private final Map<Integer, Giver> givers = new HashMap<>();

    /** Series that moved to the delivery's zone with this revision. */
    private final BitSet moved = new BitSet();

    final Spans spans = new Spans();
    final long[] kinds = new long[Change.Kind.values().length];
    long readings;

    Merge(
            Connection connection,
            BlockFeed feed,
            Catalogue catalogue,
            JournalDraft journal,
            int revision,
            Giver giver,
            Set<Integer> ended,
            String zone,
            Intake.@Nullable Pass pass) {
        this.connection = connection;
        this.feed = feed;
        this.catalogue = catalogue;
        this.journal = journal;
        this.revision = revision;
        this.giver = giver;
        this.ended = ended;
        this.zone = zone;
        this.pass = pass;
        givers.put(revision, giver);
    }

    BitSet moved() {
        return moved;
    }

    private String endedList() {
        return ended.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }

    /** Finds the days concerned, and tells the journal. */
    void collectKeys() throws SQLException {
        String undone = ended.isEmpty()
                ? ""
                : " UNION SELECT series, day FROM blocks WHERE pure AND revision IN " + endedList()
                        + " UNION SELECT series, day FROM parts WHERE ended IS NULL AND revision IN " + endedList();
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE OR REPLACE TEMP TABLE keys AS SELECT DISTINCT series, day FROM staged" + undone);
            BitSet touched = new BitSet();
            try (ResultSet rs = s.executeQuery("SELECT DISTINCT series FROM keys")) {
                while (rs.next()) {
                    touched.set(rs.getInt(1));
                }
            }
            journal.touchAll(touched);
            try (ResultSet rs = s.executeQuery("""
                    SELECT (min(day) - DATE '1970-01-01')::INTEGER, (max(day) - DATE '1970-01-01')::INTEGER
                    FROM keys HAVING count(*) > 0""")) {
                if (rs.next()) {
                    journal.includeDay(rs.getInt(1));
                    journal.includeDay(rs.getInt(2));
                }
            }
        }
    }

    /**
     * Sorts out series that are kept in another zone than the delivery's: they move to it if nothing else is left in the
     * old one, otherwise their rows are rejected.
     *
     * @param foreign series kept in another zone
     */
    void settleZones(BitSet foreign) throws SQLException {
        if (foreign.isEmpty()) {
            return;
        }
        try (Statement s = connection.createStatement()) {
            BitSet staged = new BitSet();
            try (ResultSet rs = s.executeQuery("SELECT DISTINCT series FROM staged")) {
                while (rs.next()) {
                    staged.set(rs.getInt(1));
                }
            }
            staged.and(foreign);
            if (staged.isEmpty()) {
                return;
            }
            String names = staged.stream().mapToObj(String::valueOf).collect(Collectors.joining(",", "(", ")"));
            String left = ended.isEmpty() ? "" : " AND revision NOT IN " + endedList();
            BitSet kept = new BitSet();
            try (ResultSet rs = s.executeQuery("SELECT series FROM blocks WHERE series IN " + names + " AND pure" + left
                    + " UNION SELECT series FROM parts WHERE ended IS NULL AND series IN " + names + left)) {
                while (rs.next()) {
                    kept.set(rs.getInt(1));
                }
            }
            moved.or(staged);
            moved.andNot(kept);
            if (!kept.isEmpty()) {
                rejectForeign(s, kept);
            }
        }
    }

    private void rejectForeign(Statement s, BitSet kept) throws SQLException {
        String names = kept.stream().mapToObj(String::valueOf).collect(Collectors.joining(",", "(", ")"));
        try (ResultSet rs = s.executeQuery("SELECT series, line, day FROM staged WHERE series IN " + names)) {
            while (rs.next()) {
                if (pass != null) {
                    pass.reject(ChangeReport.otherZone(
                            catalogue.ids.series(rs.getInt(1)),
                            catalogue.zone(rs.getInt(1)).toString(),
                            zone.toString(),
                            rs.getLong(2),
                            rs.getString(3)));
                }
            }
        }
        s.execute("DELETE FROM staged WHERE series IN " + names);
    }

    /** Works through all days found. */
    void run() throws SQLException {
        List<int[]> ranges = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("SELECT series, count(*) FROM keys GROUP BY series ORDER BY series")) {
            long days = 0;
            int @Nullable [] range = null;
            while (rs.next()) {
                int id = rs.getInt(1);
                if (range == null || days + rs.getLong(2) > DAYS_AT_ONCE) {
                    range = new int[] {id, id};
                    ranges.add(range);
                    days = 0;
                }
                range[1] = id;
                days += rs.getLong(2);
            }
        }
        if (!ranges.isEmpty()) {
            lookUpGivers();
        }
        for (int[] range : ranges) {
            MergeResults results = new MergeResults(connection, feed, revision);
            work(range[0], range[1], results);
            results.write();
        }
    }

    private static String source(int number, String table, String more, int from, int to) {
        return "SELECT " + number + " AS src, t.series AS series, t.line AS line, " + more + ", "
                + Rows.blockColumns("t") + " FROM " + table + " t SEMI JOIN keys k"
                + " ON t.series = k.series AND t.day = k.day WHERE t.series BETWEEN " + from + " AND " + to;
    }

    /** Who gave the layers of the days found, all at once: a day that came file by file has hundreds. */
    private void lookUpGivers() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT r.id, d.id, d.received_at FROM revisions r JOIN deliveries d ON d.id = r.delivery
                        WHERE r.id IN (
                            SELECT t.revision FROM blocks t SEMI JOIN keys k ON t.series = k.series AND t.day = k.day
                            WHERE t.pure
                            UNION
                            SELECT t.revision FROM parts t SEMI JOIN keys k ON t.series = k.series AND t.day = k.day)""")) {
            while (rs.next()) {
                givers.put(rs.getInt(1), new Giver(rs.getLong(2), Rows.needInstant(rs, 3)));
            }
        }
    }

    private void work(int from, int to, MergeResults results) throws SQLException {
        String sql = source(
                        0,
                        "blocks",
                        "t.revision AS revision, t.pure AS pure, NULL::INTEGER AS ended, NULL::INTEGER AS same_revision,"
                                + " NULL::BIGINT AS same_line, t.rowid AS rid",
                        from,
                        to)
                + " UNION ALL "
                + source(1, "parts", "t.revision, false, t.ended, t.same_revision, t.same_line, t.rowid", from, to)
                + " UNION ALL "
                + source(2, "staged", revision + ", false, NULL, NULL, NULL, 0", from, to)
                + " ORDER BY series, d, src, line";
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            @Nullable MergeDay state = null;
            while (rs.next()) {
                int series = rs.getInt(2);
                int day = rs.getInt(10);
                if (state == null || state.series != series || state.day != day) {
                    if (state != null) {
                        finish(state, results);
                    }
                    state = new MergeDay(series, day);
                }
                read(rs, state);
            }
            if (state != null) {
                finish(state, results);
            }
        }
    }

    private void read(ResultSet rs, MergeDay state) throws SQLException {
        long line = rs.getLong(3);
        int given = rs.getInt(4);
        @Nullable DayBlock block = Rows.block(rs, 10);
        switch (rs.getInt(1)) {
            case 0 -> {
                state.before = block;
                state.blockRow = rs.getLong(9);
                state.pure = rs.getBoolean(5);
                if (state.pure && block != null) {
                    state.stored.add(new MergeDay.StoredLayer(
                            new Layer(given, giver(given).at(line), block), -1, false));
                }
            }
            case 1 -> {
                boolean over = rs.getObject(6) != null;
                Precedence precedence = giver(given).at(line);
                if (block == null) {
                    state.references.add(new MergeDay.Reference(
                            given, precedence, rs.getLong(9), over, rs.getInt(7), rs.getLong(8)));
                } else {
                    state.stored.add(
                            new MergeDay.StoredLayer(new Layer(given, precedence, block), rs.getLong(9), over));
                }
            }
            default -> {
                if (block != null) {
                    state.incoming.add(new Layer(revision, giver.at(line), block));
                }
            }
        }
    }

    private Giver giver(int of) {
        @Nullable Giver known = givers.get(of);
        if (known == null) {
            throw new IllegalStateException("Revision " + of + " has no delivery in the ledger");
        }
        return known;
    }

    private void finish(MergeDay state, MergeResults results) {
        List<MergeDay.StoredLayer> stored = state.layers();
        List<Layer> active = stored.stream()
                .filter(s -> !s.over())
                .map(MergeDay.StoredLayer::layer)
                .toList();
        Change change = Change.of(state.before, active, r -> ended.contains((int) r), state.incoming);
        boolean given = !change.added().isEmpty();
        if (given
                || stored.stream()
                        .anyMatch(
                                s -> !s.over() && ended.contains((int) s.layer().revision()))) {
            kinds[change.kind().ordinal()]++;
        }
        report(state, change);
        write(state, stored, change, results);
        tally(state, change);
    }

    private void report(MergeDay state, Change change) {
        if (pass != null) {
            ChangeReport.tell(catalogue.ids.series(state.series), change, revision, pass);
        }
    }

    private void write(MergeDay state, List<MergeDay.StoredLayer> stored, Change change, MergeResults results) {
        boolean ownEnded = false;
        for (MergeDay.StoredLayer s : stored) {
            boolean ends = !s.over() && ended.contains((int) s.layer().revision());
            if (ends && s.row() >= 0) {
                results.endParts.add(s.row());
            }
            ownEnded |= ends && s.row() < 0;
        }
        boolean stands = change.kind() == Change.Kind.UNCHANGED && !ownEnded;
        int top = -1;
        if (!stands) {
            top = whole(change);
            if (state.before != null) {
                results.deleteBlocks.add(state.blockRow);
            }
            @Nullable DayBlock after = change.after();
            if (after != null) {
                Layer giving = top >= 0 ? change.added().get(top) : decisive(change.layers());
                MergeResults.Row row = new MergeResults.Row(
                        state.series, after, giving.precedence().line());
                (top >= 0 ? results.pure : results.composite).add(row);
            }
            for (MergeDay.StoredLayer s : stored) {
                if (s.row() < 0) {
                    results.parts.add(MergeResults.Part.of(state.series, s.layer(), ownEnded ? revision : null, null));
                }
            }
        }
        for (int i = 0; i < change.added().size(); i++) {
            Layer layer = change.added().get(i);
            if (i != top) {
                results.parts.add(MergeResults.Part.of(state.series, layer, null, state.same(layer)));
            }
        }
        for (Layer layer : change.added()) {
            readings += layer.block().length() - layer.block().count(Quality.MISSING);
            DayBlock b = layer.block();
            spans.include(
                    state.series,
                    b.day(),
                    b.resolution() == null ? 0 : b.resolution().seconds());
        }
    }

    /** The last new layer that alone is what the block comes to, or -1: then the block stores it. */
    private static int whole(Change change) {
        for (int i = change.added().size() - 1; i >= 0; i--) {
            if (change.added().get(i).block().equals(change.after())) {
                return i;
            }
        }
        return -1;
    }

    private static Layer decisive(List<Layer> layers) {
        return layers.stream()
                .max(java.util.Comparator.comparing(Layer::precedence))
                .orElseThrow();
    }

    private void tally(MergeDay state, Change change) {
        if (!catalogue.ids.countsInTotals(state.series)) {
            return;
        }
        boolean known = state.series < catalogue.ids.known();
        String zoneBefore = known ? catalogue.zone(state.series).getId() : zone;
        String zoneAfter = moved.get(state.series) ? zone : zoneBefore;
        DayBlock before = change.before();
        DayBlock after = change.after();
        Tally was = Tally.of(before);
        Tally is = Tally.of(after);
        if (zoneBefore.equals(zoneAfter)) {
            journal.add(zoneAfter, state.day, is.minus(was));
        } else {
            journal.add(zoneBefore, state.day, Tally.NONE.minus(was));
            journal.add(zoneAfter, state.day, is);
        }
        boolean counted = before != null && before.counted() > 0;
        boolean counts = after != null && after.counted() > 0;
        if (counted && (!counts || !zoneBefore.equals(zoneAfter))) {
            journal.disappears(zoneBefore, state.series, state.day);
        }
        if (counts) {
            journal.appears(zoneAfter, state.series, state.day);
        }
    }
}
