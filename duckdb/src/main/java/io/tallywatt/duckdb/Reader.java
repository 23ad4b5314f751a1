package io.tallywatt.duckdb;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.Precedence;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.duckdb.StoredDay.Given;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Everything that is asked of the store. Each question has a connection of its own while it is answered. */
final class Reader implements AutoCloseable {
    /** Later than any revision. */
    static final int NOW = Integer.MAX_VALUE - 1;

    private static final int MOST_IDS = 100_000;

    private final Connection parent;
    private final Deque<Asking> idle = new ConcurrentLinkedDeque<>();
    private final Revisions revisions = new Revisions(this);
    /** Ids of series that were asked for: an id never changes, and looking through all names takes a millisecond. */
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    Reader(Connection parent) {
        this.parent = parent;
    }

    Follower follower() {
        return new Follower(this, revisions);
    }

    /** To be called after a change was committed. */
    void changed() {
        revisions.forget();
    }

    /** A question to the database. */
    interface Question<T> {
        T ask(Asking asking) throws SQLException;
    }

    /** A connection with the statements that it has planned already. */
    record Asking(Connection connection, Map<String, PreparedStatement> statements) {
        PreparedStatement prepared(String sql) throws SQLException {
            @Nullable PreparedStatement known = statements.get(sql);
            if (known == null) {
                known = connection.prepareStatement(sql);
                statements.put(sql, known);
            }
            return known;
        }

        void close() throws SQLException {
            for (PreparedStatement s : statements.values()) {
                s.close();
            }
            connection.close();
        }
    }

    <T> T ask(String what, Question<T> question) {
        try {
            Asking c = take();
            T answer;
            try {
                answer = question.ask(c);
            } catch (SQLException | RuntimeException e) {
                // DuckDB closes a statement that has failed: kept, it would fail every question after this one.
                discard(c, e);
                throw e;
            }
            idle.push(c);
            return answer;
        } catch (SQLException e) {
            throw Sql.failure("Cannot read " + what, e);
        }
    }

    private static void discard(Asking c, Exception reason) {
        try {
            c.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private Asking take() throws SQLException {
        @Nullable Asking c = idle.poll();
        if (c != null) {
            return c;
        }
        Connection fresh = parent.unwrap(DuckDBConnection.class).duplicate();
        // It takes after its parent, which may be in the middle of a transaction; a reader must never stay in one.
        fresh.setAutoCommit(true);
        try (Statement s = fresh.createStatement()) {
            s.execute("USE " + DuckDbStore.CATALOG);
        }
        return new Asking(fresh, new HashMap<>());
    }

    /** Reads a row at the cursor. */
    interface Row<T> {
        T read(ResultSet rs) throws SQLException;
    }

    /**
     * The rows of a statement, one at a time; closing gives the connection back, unless something failed.
     *
     * @param sql is kept planned: what differs from call to call is a parameter
     */
    <T> Stream<T> stream(String what, String sql, List<Object> parameters, Row<T> row) {
        try {
            Asking c = take();
            ResultSet rs;
            try {
                PreparedStatement s = c.prepared(sql);
                Rows.bind(s, parameters);
                rs = s.executeQuery();
            } catch (SQLException | RuntimeException e) {
                discard(c, e);
                throw e;
            }
            AtomicBoolean failed = new AtomicBoolean();
            Iterator<T> rows = new Iterator<>() {
                private boolean fetched;
                private boolean there;

                @Override
                public boolean hasNext() {
                    try {
                        if (!fetched) {
                            there = rs.next();
                            fetched = true;
                        }
                        return there;
                    } catch (SQLException e) {
                        failed.set(true);
                        throw Sql.failure("Cannot read " + what, e);
                    }
                }

                @Override
                public T next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    fetched = false;
                    try {
                        return row.read(rs);
                    } catch (SQLException e) {
                        failed.set(true);
                        throw Sql.failure("Cannot read " + what, e);
                    }
                }
            };
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL), false)
                    .onClose(() -> giveBack(c, rs, failed.get()));
        } catch (SQLException e) {
            throw Sql.failure("Cannot read " + what, e);
        }
    }

    private void giveBack(Asking c, ResultSet rs, boolean failed) {
        try {
            rs.close();
            if (failed) {
                c.close();
            } else {
                idle.push(c);
            }
        } catch (SQLException e) {
            throw Sql.failure("Cannot close a question", e);
        }
    }

    /** The last revision known at an instant. */
    private int revision(@Nullable Instant asOf) {
        return asOf == null ? NOW : revisions.lastAt(asOf);
    }

    Instant changedAt() {
        return ask("revisions", c -> {
            try (Statement s = c.connection().createStatement();
                    ResultSet rs = s.executeQuery("SELECT max(known_at) FROM revisions")) {
                rs.next();
                return Objects.requireNonNullElse(Rows.instant(rs, 1), Instant.EPOCH);
            }
        });
    }

    /** Sums by date and zone: for many dates DuckDB adds up. */
    private static final String SUMS = """
            SELECT day, zone, sum(energy)::DECIMAL(38,9), sum(meters)::BIGINT, sum(silent)::BIGINT,
                sum(expected)::BIGINT, sum(actual)::BIGINT, sum(estimated)::BIGINT, sum(substituted)::BIGINT,
                sum(invalid)::BIGINT, max(revision)
            FROM journal WHERE day >= ? AND day < ? AND revision <= ? GROUP BY day, zone ORDER BY day, zone""";

    /** The entries themselves: for one date that is less work than planning the sums. */
    private static final String ENTRIES = """
            SELECT day, zone, energy, meters, silent, expected, actual, estimated, substituted, invalid, revision
            FROM journal WHERE day >= ? AND day < ? AND revision <= ?""";

    List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        int revision = revision(asOf);
        boolean oneDate = to.equals(from.plusDays(1));
        return ask("totals", c -> {
            List<JournalEntry> entries = new ArrayList<>();
            PreparedStatement s = c.prepared(oneDate ? ENTRIES : SUMS);
            s.setObject(1, from);
            s.setObject(2, to);
            s.setInt(3, revision);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    entries.add(entry(rs));
                }
            }
            return oneDate ? summed(entries) : entries;
        });
    }

    /** A date's entries as they were written. */
    List<JournalEntry> changes(LocalDate date) {
        return ask("totals", c -> {
            List<JournalEntry> entries = new ArrayList<>();
            PreparedStatement s = c.prepared(ENTRIES + " ORDER BY revision, zone");
            s.setObject(1, date);
            s.setObject(2, date.plusDays(1));
            s.setInt(3, NOW);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    entries.add(entry(rs));
                }
            }
            return entries;
        });
    }

    /** What some meters come to; as {@link #totals(LocalDate, LocalDate, Instant)}, from their blocks. */
    List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        int revision = revision(asOf);
        return ask("totals", c -> new MeterSums(c.connection(), this, revision, from, to).of(meters));
    }

    Instant knownAt(int revision) {
        return revisions.get(revision).knownAt();
    }

    private static List<JournalEntry> summed(List<JournalEntry> entries) {
        Map<String, JournalEntry> byZone = new TreeMap<>();
        for (JournalEntry e : entries) {
            byZone.merge(
                    e.zone(),
                    e,
                    (a, b) -> new JournalEntry(
                            a.date(), a.zone(), a.tally().plus(b.tally()), later(a.knownAt(), b.knownAt())));
        }
        return List.copyOf(byZone.values());
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    private JournalEntry entry(ResultSet rs) throws SQLException {
        Tally tally = new Tally(
                rs.getBigDecimal(3),
                rs.getLong(4),
                rs.getLong(5),
                rs.getLong(6),
                rs.getLong(7),
                rs.getLong(8),
                rs.getLong(9),
                rs.getLong(10));
        return new JournalEntry(
                rs.getObject(1, LocalDate.class),
                rs.getString(2),
                tally,
                revisions.get(rs.getInt(11)).knownAt());
    }

    private static final String SERIES = """
            SELECT name, unit, commodity, resolution, zone, first_day, last_day FROM series
            WHERE first_day IS NOT NULL AND\s""";

    private static StoredSeries storedSeries(ResultSet rs) throws SQLException {
        return new StoredSeries(
                Series.parse(rs.getString(1)),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                ZoneId.of(rs.getString(5)),
                rs.getObject(6, LocalDate.class),
                rs.getObject(7, LocalDate.class));
    }

    Optional<StoredSeries> find(Series series) {
        Optional<Integer> id = id(series);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        try (Stream<StoredSeries> found =
                stream("series", SERIES + "id = ?", List.of(id.get()), Reader::storedSeries)) {
            return found.findFirst();
        }
    }

    Stream<StoredSeries> series(SeriesSearch search) {
        return stream(
                "series",
                SERIES + "starts_with(name, ?) AND contains(lower(name), lower(?)) AND name > ? ORDER BY name LIMIT ?",
                List.of(search.prefix(), search.part(), search.after(), search.limit()),
                Reader::storedSeries);
    }

    Stream<Reject> rejects(long delivery) {
        return stream(
                "rejects",
                "SELECT line, col, code, message, row_text FROM rejects WHERE delivery = ? ORDER BY line",
                List.of(delivery),
                rs -> new Reject(
                        rs.getLong(1),
                        Rows.text(rs, 2),
                        RejectCode.valueOf(rs.getString(3)),
                        Rows.text(rs, 4),
                        Rows.text(rs, 5)));
    }

    /** One series' layers: the pure blocks, which are layers themselves, and all others, in one statement, so of one moment. */
    private static final String ONE_SERIES =
            """
            SELECT b.revision, b.ended, b.same_revision, b.same_line, b.line, %s
            FROM (
                SELECT %s, revision, NULL::INTEGER AS ended, NULL::INTEGER AS same_revision, NULL::BIGINT AS same_line
                FROM blocks WHERE pure AND series = ? AND day >= ? AND day < ? AND revision <= ?
                UNION ALL SELECT %s, revision, ended, same_revision, same_line
                FROM parts WHERE series = ? AND day >= ? AND day < ? AND revision <= ?) b
            ORDER BY b.day""".formatted(Rows.blockColumns("b"), Schema.BLOCK_COLUMNS, Schema.BLOCK_COLUMNS);

    Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        Optional<Integer> id = id(series);
        if (id.isEmpty()) {
            return Stream.empty();
        }
        int revision = revision(asOf);
        String name = series.toString();
        List<Object> range = List.of(id.get(), from, to, revision);
        List<Object> parameters = new ArrayList<>(range);
        parameters.addAll(range);
        return days(stream("blocks of " + series, ONE_SERIES, parameters, rs -> givenOf(name, rs)), revision);
    }

    /** Reads a layer; its columns are as {@link #ONE_SERIES} has them. */
    Given givenOf(String series, ResultSet rs) throws SQLException {
        int revision = rs.getInt(1);
        Revisions.Fact fact = revisions.get(revision);
        boolean counts = rs.getObject(2) == null;
        int ended = counts ? StoredDay.NEVER : rs.getInt(2);
        return new Given(
                series,
                fact.zone(),
                rs.getInt(6),
                revision,
                fact.knownAt(),
                ended,
                counts ? null : revisions.get(ended).knownAt(),
                new Precedence(fact.receivedAt(), fact.delivery(), rs.getLong(5)),
                fact.name(),
                rs.getInt(3),
                rs.getLong(4),
                Rows.block(rs, 6));
    }

    private Optional<Integer> id(Series series) {
        String name = series.toString();
        @Nullable Integer known = ids.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Integer> id = ask("series", c -> {
            PreparedStatement s = c.prepared("SELECT id FROM series WHERE name = ?");
            s.setString(1, name);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? Optional.of(rs.getInt(1)) : Optional.empty();
            }
        });
        if (ids.size() >= MOST_IDS) {
            ids.clear();
        }
        id.ifPresent(i -> ids.put(name, i));
        return id;
    }

    /** The layers of all series of a date that are part of its total, with what is known of their revisions. */
    private static final String ONE_DATE =
            """
            WITH b AS (
                SELECT %s, revision, NULL::INTEGER AS ended, NULL::INTEGER AS same_revision,
                    NULL::BIGINT AS same_line FROM blocks WHERE pure
                UNION ALL SELECT %s, revision, ended, same_revision, same_line FROM parts)
            SELECT s.name, r.zone, b.revision, r.known_at, b.ended, e.known_at, b.line, r.delivery, d.name,
                d.received_at, b.same_revision, b.same_line, %s
            FROM b JOIN series s ON s.id = b.series JOIN revisions r ON r.id = b.revision
                JOIN deliveries d ON d.id = r.delivery LEFT JOIN revisions e ON e.id = b.ended
            WHERE b.revision <= ? AND b.day = ?
                AND starts_with(s.name, 'meter/') AND regexp_matches(s.name, '^meter/[^/]+/consumption(/|$)')
            ORDER BY s.name""".formatted(Schema.BLOCK_COLUMNS, Schema.BLOCK_COLUMNS, Rows.blockColumns("b"));

    Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        int revision = revision(asOf);
        return days(stream("blocks of " + date, ONE_DATE, List.of(revision, date), Reader::given), revision);
    }

    /** The days that layers make, as of a revision. */
    private static Stream<StoredBlock> days(Stream<Given> layers, int revision) {
        Iterator<Given> rows = layers.iterator();
        Iterator<StoredDay> days = new Iterator<>() {
            private @Nullable Given next = rows.hasNext() ? rows.next() : null;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public StoredDay next() {
                Given first = next;
                if (first == null) {
                    throw new NoSuchElementException();
                }
                List<Given> day = new ArrayList<>();
                Given row = first;
                while (row != null && row.day() == first.day() && row.series().equals(first.series())) {
                    day.add(row);
                    row = rows.hasNext() ? rows.next() : null;
                }
                next = row;
                return StoredDay.of(day);
            }
        };
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(days, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(layers::close)
                .flatMap(day -> day.at(revision).stream());
    }

    private static Given given(ResultSet rs) throws SQLException {
        Object ended = rs.getObject(5);
        return new Given(
                rs.getString(1),
                rs.getString(2),
                rs.getInt(13),
                rs.getInt(3),
                Rows.needInstant(rs, 4),
                ended == null ? StoredDay.NEVER : rs.getInt(5),
                Rows.instant(rs, 6),
                new Precedence(Rows.needInstant(rs, 10), rs.getLong(8), rs.getLong(7)),
                rs.getString(9),
                rs.getInt(11),
                rs.getLong(12),
                Rows.block(rs, 13));
    }

    @Override
    public void close() throws SQLException {
        for (Asking c = idle.poll(); c != null; c = idle.poll()) {
            c.close();
        }
    }
}
