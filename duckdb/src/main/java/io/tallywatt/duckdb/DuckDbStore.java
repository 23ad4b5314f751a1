package io.tallywatt.duckdb;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.Attempt;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.Taken;
import io.tallywatt.core.store.Upkeep;
import io.tallywatt.core.validate.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store: one DuckDB file. One process writes at a time; inside it, one thread writes while others read.
 *
 * <p>The file's layout is described in {@link Schema}; anyone can open it with a DuckDB client (1.2 or later) and read the
 * view {@code readings}.
 */
public final class DuckDbStore
        implements BlockStore, Ledger, Upkeep, Following, FindingStore, AlertLog, Groups, AutoCloseable {
    /** The name under which the file is attached. */
    static final String CATALOG = "tallywatt";

    /**
     * Rows per row group, far below DuckDB's default of 122,880: a series' days then lie in few groups, whose minimum and
     * maximum tell without reading, and loading needs half the memory and time.
     */
    private static final int ROW_GROUP = 8192;

    private final Connection connection;
    private final @Nullable Writer writer;
    private final Reader reader;
    private final Follower follower;
    /** Whether the file has tables of findings and alerts; one of before that is only read has none. */
    private final boolean extended;

    private final boolean hasGroups;

    private final ReentrantLock writing = new ReentrantLock();
    private volatile Instant changedAt;

    private DuckDbStore(Connection connection, @Nullable Writer writer) throws SQLException {
        this.connection = connection;
        this.writer = writer;
        this.reader = new Reader(connection);
        this.follower = reader.follower();
        this.extended = Schema.has(connection, "alert_logs");
        this.hasGroups = Schema.has(connection, "meter_groups");
        Instant judged = extended ? FindingTable.judged(connection).changedAt() : Instant.EPOCH;
        Instant known = reader.changedAt();
        this.changedAt = judged.isAfter(known) ? judged : known;
    }

    /**
     * Opens a store, and makes it where there is none.
     *
     * @param file the data file; read-only, it has to exist
     * @throws StoreException if another process holds it, or it cannot be opened
     */
    public static DuckDbStore open(Path file, DuckDbSettings settings, Clock clock) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:");
            try {
                attach(connection, file, settings);
                boolean fresh = isNew(connection);
                if (settings.readOnly()) {
                    if (fresh) {
                        throw new StoreException(StoreException.Kind.DAMAGED, file + " is no data file of Tallywatt");
                    }
                    return new DuckDbStore(connection, null);
                }
                if (fresh) {
                    Schema.create(connection);
                }
                Schema.extend(connection);
                Path spill = file.resolveSibling(file.getFileName() + ".spill");
                removeLeftovers(file);
                return new DuckDbStore(connection, new Writer(connection, settings.threads(), clock, spill));
            } catch (SQLException | IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Sql.failure("Cannot open " + file, e);
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.INTERNAL, "Cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    private static void attach(Connection connection, Path file, DuckDbSettings settings) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("SET threads = " + settings.threads());
            s.execute("SET memory_limit = '" + settings.memoryLimit().replace("'", "''") + "'");
            s.execute("SET preserve_insertion_order = false");
            s.execute("SET autoinstall_known_extensions = false");
            s.execute("SET temp_directory = '" + quoted(temporary(file, settings)) + "'");
            s.execute("ATTACH '" + quoted(file) + "' AS " + CATALOG
                    + (settings.readOnly()
                            ? " (READ_ONLY)"
                            : " (STORAGE_VERSION 'v1.2.0', ROW_GROUP_SIZE " + ROW_GROUP + ")"));
            s.execute("USE " + CATALOG);
        }
    }

    /** Where DuckDB puts what does not fit its memory. Processes that read at the same time must not share it. */
    private static Path temporary(Path file, DuckDbSettings settings) {
        String name = file.getFileName() + ".tmp";
        return file.resolveSibling(
                settings.readOnly() ? name + ProcessHandle.current().pid() : name);
    }

    /** What a killed process left beside the file. Who may write is alone with it. */
    private static void removeLeftovers(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        List<Path> stale = new ArrayList<>();
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder)) {
            for (Path sibling : siblings) {
                String other = sibling.getFileName().toString();
                if (other.equals(name + ".spill") || other.startsWith(name + ".tmp")) {
                    stale.add(sibling);
                }
            }
        }
        for (Path path : stale) {
            if (Files.isDirectory(path)) {
                try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
                    for (Path left : inside) {
                        Files.deleteIfExists(left);
                    }
                }
            }
            Files.deleteIfExists(path);
        }
    }

    private static String quoted(Path file) {
        return file.toString().replace("'", "''");
    }

    private static boolean isNew(Connection connection) throws SQLException {
        try (Statement s = connection.createStatement()) {
            try (ResultSet rs = s.executeQuery("SELECT count(*) FROM duckdb_tables() WHERE database_name = '" + CATALOG
                    + "' AND table_name = 'meta'")) {
                rs.next();
                if (rs.getInt(1) == 0) {
                    return true;
                }
            }
            try (ResultSet rs = s.executeQuery("SELECT version FROM meta")) {
                rs.next();
                if (rs.getInt(1) != Schema.VERSION) {
                    throw new StoreException(
                            StoreException.Kind.DAMAGED,
                            "The data file is of version " + rs.getInt(1) + "; this program reads version "
                                    + Schema.VERSION);
                }
            }
            return false;
        }
    }

    private interface Write<T> {
        T run(Writer writer) throws SQLException;
    }

    private <T> T write(String doing, Write<T> work) {
        Writer current = writer;
        if (current == null) {
            throw new StoreException(StoreException.Kind.INTERNAL, doing + ": the store was opened for reading only");
        }
        writing.lock();
        try {
            T done = work.run(current);
            reader.changed();
            changedAt = current.lastKnownAt();
            return done;
        } catch (SQLException e) {
            throw Sql.failure(doing, e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Taken take(Intake intake) {
        return write("Cannot take " + intake.name(), w -> w.take(intake));
    }

    @Override
    public List<Attempt> takeAll(List<? extends Intake> intakes) {
        if (intakes.size() < 2) {
            return BlockStore.super.takeAll(intakes);
        }
        return write("Cannot take " + intakes.size() + " documents", w -> w.takeAll(intakes));
    }

    @Override
    public Delivery withdraw(long delivery) {
        return write("Cannot withdraw delivery " + delivery, w -> w.withdraw(delivery))
                .orElseThrow(() -> new IllegalArgumentException("There is no delivery " + delivery));
    }

    @Override
    public Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason) {
        return write(
                "Cannot put " + name + " in quarantine", w -> w.quarantine(name, digest, bytes, receivedAt, reason));
    }

    @Override
    public List<YearMonth> tidy() {
        return write("Cannot tidy", Writer::tidy);
    }

    @Override
    public Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return reader.blocks(series, from, to, asOf);
    }

    @Override
    public Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        return reader.blocksOn(date, asOf);
    }

    @Override
    public List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return reader.totals(from, to, asOf);
    }

    @Override
    public List<JournalEntry> changes(LocalDate date) {
        return reader.changes(date);
    }

    @Override
    public List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return reader.totals(meters, from, to, asOf);
    }

    @Override
    public List<MeterGroup.Entry> list(String after, int limit) {
        return hasGroups ? reader.ask("groups", c -> GroupTable.list(c.connection(), after, limit)) : List.of();
    }

    @Override
    public Optional<MeterGroup> find(String key) {
        return hasGroups ? reader.ask("groups", c -> GroupTable.find(c.connection(), key)) : Optional.empty();
    }

    @Override
    public boolean put(MeterGroup group) {
        return write("Cannot keep group " + group.key(), w -> w.put(group));
    }

    @Override
    public boolean remove(String key) {
        return write("Cannot remove group " + key, w -> w.removeGroup(key));
    }

    @Override
    public Optional<StoredSeries> find(Series series) {
        return reader.find(series);
    }

    @Override
    public Stream<StoredSeries> series(SeriesSearch search) {
        return reader.series(search);
    }

    @Override
    public Optional<Delivery> delivery(long id) {
        return reader.ask("the ledger", c -> LedgerTable.byId(c.connection(), id));
    }

    @Override
    public Optional<Delivery> byDigest(String digest) {
        return reader.ask("the ledger", c -> LedgerTable.byDigest(c.connection(), digest));
    }

    @Override
    public boolean mayKnow(long bytes) {
        return reader.ask("the ledger", c -> LedgerTable.mayKnow(c.connection(), bytes));
    }

    @Override
    public List<Delivery> deliveries(DeliverySearch search) {
        return reader.ask("the ledger", c -> LedgerTable.search(c.connection(), search));
    }

    @Override
    public Map<String, Set<String>> digestsTaken(Collection<String> names) {
        return names.isEmpty()
                ? Map.of()
                : reader.ask("the ledger", c -> LedgerTable.digestsTaken(c.connection(), names));
    }

    @Override
    public Instant changedAt() {
        return changedAt;
    }

    @Override
    public Stream<Reject> rejects(long delivery) {
        return reader.rejects(delivery);
    }

    @Override
    public Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        return follower.standing(prefix, from, to);
    }

    @Override
    public Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        return follower.arrived(prefix, after, limit);
    }

    @Override
    public Instant judgedUntil() {
        return ask(
                "findings",
                Instant.EPOCH,
                c -> FindingTable.judged(c.connection()).until());
    }

    @Override
    public void keep(Verdict verdict, Instant until, Instant at) {
        write("Cannot keep findings", w -> w.keep(verdict, until, at));
    }

    @Override
    public List<StoredFinding> findings(FindingSearch search) {
        return ask("findings", List.of(), c -> FindingTable.search(c, search));
    }

    @Override
    public List<FindingCount> counts(FindingSearch search) {
        return ask("findings", List.of(), c -> FindingTable.counts(c, search));
    }

    @Override
    public List<StoredFinding> changedAfter(long number, int limit) {
        return ask("findings", List.of(), c -> FindingTable.changedAfter(c, number, limit));
    }

    @Override
    public AlertLog.State state(String notifier) {
        return ask("alerts", AlertLog.State.NEW, c -> AlertTable.state(c.connection(), notifier));
    }

    @Override
    public void keep(String notifier, long position, List<Instant> sent, List<Group> changed) {
        write("Cannot keep alerts", w -> w.keep(notifier, position, sent, changed));
    }

    /** Asks for findings or alerts, which a file may not have. */
    private <T> T ask(String what, T none, Reader.Question<T> question) {
        return extended ? reader.ask(what, question) : none;
    }

    @Override
    public void close() {
        writing.lock();
        try (Connection closing = connection) {
            if (closing.isClosed()) {
                return;
            }
            reader.close();
            try (Statement s = closing.createStatement()) {
                s.execute("USE memory");
                s.execute("DETACH " + CATALOG);
            }
        } catch (SQLException e) {
            throw Sql.failure("Cannot close the store", e);
        } finally {
            writing.unlock();
        }
    }
}
