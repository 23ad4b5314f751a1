package io.tallywatt.duckdb;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.rollup.Presence;
import io.tallywatt.core.store.Attempt;
import io.tallywatt.core.store.Change.Kind;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.Taken;
import io.tallywatt.core.validate.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The one that writes. Each change is one transaction and one revision; whoever calls holds the store's lock. */
final class Writer {
    private final Connection connection;
    private final BlockFeed feed;
    private final Clock clock;
    private final Path spillFile;

    /** Null after a failure: what is in memory might be ahead of what is stored. */
    private @Nullable Catalogue catalogue;

    private int lastRevision;
    private Instant lastKnownAt = Instant.EPOCH;

    Writer(Connection connection, int threads, Clock clock, Path spillFile) throws SQLException {
        this.connection = connection;
        this.clock = clock;
        this.spillFile = spillFile;
        this.feed = new BlockFeed(threads);
        feed.register(connection, BlockFeed.NAME);
        try (Statement s = connection.createStatement();
                ResultSet rs = s.executeQuery("SELECT max(id), max(known_at) FROM revisions HAVING count(*) > 0")) {
            if (rs.next()) {
                lastRevision = rs.getInt(1);
                lastKnownAt = Rows.needInstant(rs, 2);
            }
        }
        Instant judged = FindingTable.judged(connection).changedAt();
        lastKnownAt = judged.isAfter(lastKnownAt) ? judged : lastKnownAt;
    }

    /** When the last change, of a revision or of findings, became known; of one that failed too. */
    Instant lastKnownAt() {
        return lastKnownAt;
    }

    private Catalogue catalogue() throws SQLException {
        Catalogue current = catalogue;
        if (current == null) {
            current = Catalogue.load(connection);
            catalogue = current;
        }
        return current;
    }

    /** Work in a transaction: committed where it returns, undone where it throws. */
    private interface Work<T> {
        T run(Statement s) throws SQLException;
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        feed.forget();
        connection.setAutoCommit(false);
        boolean done = false;
        try (Statement s = connection.createStatement()) {
            T result = work.run(s);
            connection.commit();
            done = true;
            return result;
        } catch (SQLException e) {
            throw cause(e);
        } finally {
            if (done) {
                connection.setAutoCommit(true);
            } else {
                // What is in memory may be ahead of what is stored.
                catalogue = null;
                undo();
            }
        }
    }

    private void undo() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // Whatever failed before this is on its way to the caller, and nothing was committed.
        }
    }

    /** A failed statement says only in text what a reader threw; what was thrown is what the caller has to see. */
    private SQLException cause(SQLException e) {
        return switch (feed.failure()) {
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case null, default -> e;
        };
    }

    Taken take(Intake intake) throws SQLException {
        Presence repeated = new Presence();
        for (boolean second = false; ; second = true) {
            boolean again = second;
            Optional<Taken> taken = transaction(s -> Optional.ofNullable(takeOnce(s, intake, repeated, again)));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
    }

    private @Nullable Taken takeOnce(Statement s, Intake intake, Presence repeated, boolean second)
            throws SQLException {
        Catalogue current = catalogue();
        int revision = lastRevision + 1;
        Taking.@Nullable Result result =
                new Taking(connection, feed, current, intake, revision, repeated, second, spillFile).run();
        if (result == null) {
            // The next pass keeps the numbers that this one gave to new series: what it noted is noted by them.
            connection.rollback();
            return null;
        }
        if (result.gain() == null) {
            connection.rollback();
            forgetUnlessSettled(current);
            return result.taken();
        }
        Delivery delivery = result.taken().delivery();
        saveSeries(s, current, result.gain(), intake.zone(), intake.unit());
        Instant knownAt = record(revision, delivery.id(), "TAKE", delivery.zone());
        Delivery known = withKnownAt(delivery, knownAt, DeliveryState.TAKEN, delivery.counts());
        LedgerTable.put(connection, known);
        current.spans.includeAll(result.gain().spans());
        result.gain().moved().stream().forEach(id -> current.setZone(id, intake.zone()));
        current.settle(intake.zone(), intake.unit());
        return new Taken.Stored(known);
    }

    /** Small documents in one transaction; what that cannot do, one after the other. */
    List<Attempt> takeAll(List<? extends Intake> intakes) throws SQLException {
        @Nullable Attempt[] attempts = transaction(s -> takeSmall(s, intakes));
        List<Attempt> all = new ArrayList<>();
        for (int i = 0; i < attempts.length; i++) {
            @Nullable Attempt attempt = attempts[i];
            all.add(attempt != null ? attempt : attempt(intakes.get(i)));
        }
        return all;
    }

    private Attempt attempt(Intake intake) throws SQLException {
        try {
            return new Attempt.Done(take(intake));
        } catch (UnreadableDocument e) {
            return new Attempt.Failed(e);
        }
    }

    private @Nullable Attempt[] takeSmall(Statement s, List<? extends Intake> intakes) throws SQLException {
        Catalogue current = catalogue();
        SmallTaking taking = new SmallTaking(connection, current, intakes);
        taking.read();
        if (taking.smalls().isEmpty()) {
            connection.rollback();
            forgetUnlessSettled(current);
            return taking.attempts();
        }
        taking.store(lastRevision);
        saveSeries(s, current, new Taking.Gain(taking.spans, new BitSet()), taking.zone(), taking.unit());
        recordAll(taking);
        current.spans.includeAll(taking.spans);
        current.settle(taking.zone(), taking.unit());
        return taking.attempts();
    }

    /** Series that were met by what is not stored after all have numbers, and are not stored either. */
    private void forgetUnlessSettled(Catalogue current) {
        if (current.ids.size() > current.ids.known()) {
            catalogue = null;
        }
    }

    /** Each becomes known a microsecond after the one before. */
    private void recordAll(SmallTaking taking) throws SQLException {
        DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
        Map<SmallTaking.Small, Delivery> deliveries = new LinkedHashMap<>();
        try (DuckDBAppender a = duckdb.createAppender(DuckDbStore.CATALOG, "main", "revisions")) {
            for (SmallTaking.Small small : taking.smalls()) {
                Instant knownAt = later();
                a.beginRow()
                        .append(small.revision)
                        .append(small.id)
                        .append("TAKE")
                        .append(taking.zone().getId());
                a.append(Rows.timestamp(knownAt)).endRow();
                lastRevision = small.revision;
                lastKnownAt = knownAt;
                deliveries.put(small, taking.delivery(small, knownAt));
            }
        }
        taking.taken(deliveries);
        LedgerTable.append(duckdb, deliveries.values());
        for (SmallTaking.Small small : taking.smalls()) {
            LedgerTable.appendRejects(connection, small.id, small.intake.rejects());
        }
    }

    private void saveSeries(Statement s, Catalogue current, Taking.Gain gain, ZoneId zone, String unit)
            throws SQLException {
        Spans spans = gain.spans();
        int known = current.ids.known();
        int size = current.ids.size();
        try (DuckDBAppender a =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDbStore.CATALOG, "main", "series")) {
            int @Nullable [] meters = current.meters();
            for (int id = known; id < size; id++) {
                a.beginRow().append(id).append(current.ids.series(id).toString());
                a.append(meters == null ? id : meters[id]).append(unit).append("electricity");
                boolean has = spans.has(id);
                a.append(has ? resolution(spans.resolution(id)) : "").append(zone.getId());
                if (has) {
                    a.appendEpochDays(spans.first(id)).appendEpochDays(spans.last(id));
                } else {
                    a.appendNull().appendNull();
                }
                a.endRow();
            }
        }
        widenSpans(s, current, spans, known);
        if (!gain.moved().isEmpty()) {
            for (int id : gain.moved().stream().toArray()) {
                s.execute("UPDATE series SET zone = '" + zone.getId() + "' WHERE id = " + id);
            }
        }
    }

    private static String resolution(int seconds) {
        return seconds == 0 ? "irregular" : new io.tallywatt.core.time.Resolution(seconds).toString();
    }

    private void widenSpans(Statement s, Catalogue current, Spans spans, int known) throws SQLException {
        boolean any = false;
        for (int id = 0; id < Math.min(known, spans.size()); id++) {
            if (spans.has(id) && widens(current.spans, spans, id)) {
                any = true;
                break;
            }
        }
        if (!any) {
            return;
        }
        s.execute("CREATE OR REPLACE TEMP TABLE widened(id INTEGER, first_day DATE, last_day DATE, step VARCHAR)");
        try (DuckDBAppender a = connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", "widened")) {
            for (int id = 0; id < Math.min(known, spans.size()); id++) {
                if (spans.has(id) && widens(current.spans, spans, id)) {
                    a.beginRow().append(id).appendEpochDays(spans.first(id));
                    a.appendEpochDays(spans.last(id)).append(resolution(spans.resolution(id)));
                    a.endRow();
                }
            }
        }
        s.execute("""
                UPDATE series SET first_day = least(series.first_day, w.first_day),
                    last_day = greatest(series.last_day, w.last_day),
                    resolution = CASE WHEN series.resolution = '' THEN w.step ELSE series.resolution END
                FROM widened w WHERE w.id = series.id""");
    }

    private static boolean widens(Spans old, Spans fresh, int id) {
        return !old.covers(id, fresh.first(id)) || !old.covers(id, fresh.last(id));
    }

    /** Notes a revision; it becomes known now, later than any before it. */
    private Instant record(int revision, long delivery, String kind, String zone) throws SQLException {
        Instant knownAt = later();
        try (PreparedStatement s = connection.prepareStatement("INSERT INTO revisions VALUES (?,?,?,?,?)")) {
            s.setInt(1, revision);
            s.setLong(2, delivery);
            s.setString(3, kind);
            s.setString(4, zone);
            s.setObject(5, Rows.timestamp(knownAt));
            s.executeUpdate();
        }
        // If the commit fails this is too high, which harms nobody: it only has to grow.
        lastRevision = revision;
        return knownAt;
    }

    /** When a change becomes known: now, but later than any before it. If its commit fails it is too high, like those. */
    private Instant later() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        lastKnownAt = now.isAfter(lastKnownAt) ? now : lastKnownAt.plus(1, ChronoUnit.MICROS);
        return lastKnownAt;
    }

    /** Keeps findings; says when the store last changed. */
    Instant keep(Verdict verdict, Instant until, Instant at) throws SQLException {
        return transaction(s -> {
            FindingTable.keep(connection, verdict, until, at, this::later);
            return lastKnownAt;
        });
    }

    /** Keeps how far alerting has come, which no answer tells. */
    Instant keep(String notifier, long position, List<Instant> sent, List<AlertLog.Group> changed) throws SQLException {
        return transaction(s -> {
            AlertTable.keep(connection, notifier, position, sent, changed);
            return lastKnownAt;
        });
    }

    /** Keeps a group, by which nothing becomes known. */
    boolean put(MeterGroup group) throws SQLException {
        return transaction(s -> GroupTable.put(connection, group));
    }

    boolean removeGroup(String key) throws SQLException {
        return transaction(s -> GroupTable.remove(connection, key));
    }

    private static Delivery withKnownAt(Delivery d, Instant knownAt, DeliveryState state, Counts counts) {
        return new Delivery(
                d.id(),
                d.name(),
                d.digest(),
                d.bytes(),
                d.format(),
                d.settings(),
                d.zone(),
                d.receivedAt(),
                knownAt,
                state,
                d.reason(),
                counts,
                d.notices());
    }

    /** Month by month, each its own transaction: stopping in between loses nothing. */
    List<YearMonth> tidy() throws SQLException {
        Tidying tidying = new Tidying(connection);
        List<YearMonth> due = tidying.due();
        for (YearMonth month : due) {
            transaction(s -> {
                tidying.rewrite(month);
                return month;
            });
            try (Statement s = connection.createStatement()) {
                s.execute("CHECKPOINT " + DuckDbStore.CATALOG);
            }
        }
        return due;
    }

    Optional<Delivery> withdraw(long id) throws SQLException {
        return transaction(s -> {
            Optional<Delivery> found = LedgerTable.byId(connection, id);
            if (found.isEmpty() || found.get().state() != DeliveryState.TAKEN) {
                return found;
            }
            Delivery delivery = found.get();
            int revision = lastRevision + 1;
            Set<Integer> ended = Taking.revisionsOf(s, id);
            JournalDraft journal = new JournalDraft();
            Schema.createStaging(s);
            Merge merge = new Merge(
                    connection,
                    feed,
                    catalogue(),
                    journal,
                    revision,
                    new Merge.Giver(id, delivery.receivedAt()),
                    ended,
                    delivery.zone(),
                    null);
            merge.collectKeys();
            journal.lookUp(connection, catalogue(), revision);
            merge.run();
            journal.write(connection, catalogue(), revision);
            Instant knownAt = record(revision, id, "WITHDRAW", delivery.zone());
            Counts counts = new Counts(
                    delivery.counts().rows(),
                    delivery.counts().rejected(),
                    0,
                    0,
                    merge.kinds[Kind.UNCHANGED.ordinal()],
                    0,
                    merge.kinds[Kind.CORRECTED.ordinal()] + merge.kinds[Kind.EXTENDED.ordinal()],
                    merge.kinds[Kind.REMOVED.ordinal()]);
            Delivery withdrawn = withKnownAt(delivery, knownAt, DeliveryState.WITHDRAWN, counts);
            LedgerTable.put(connection, withdrawn);
            return Optional.of(withdrawn);
        });
    }

    Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason) throws SQLException {
        return transaction(s -> {
            Optional<Delivery> known = LedgerTable.byDigest(connection, digest);
            if (known.isPresent() && known.get().state() == DeliveryState.TAKEN) {
                return known.get();
            }
            long id = known.isPresent() ? known.get().id() : LedgerTable.nextId(connection);
            Instant received = known.isPresent() ? known.get().receivedAt() : receivedAt.truncatedTo(ChronoUnit.MICROS);
            int revision = lastRevision + 1;
            Instant knownAt = record(revision, id, "QUARANTINE", "");
            Delivery delivery = new Delivery(
                    id,
                    name,
                    digest,
                    bytes,
                    "",
                    "",
                    "",
                    received,
                    knownAt,
                    DeliveryState.QUARANTINED,
                    reason,
                    Counts.NONE,
                    List.of());
            LedgerTable.put(connection, delivery);
            return delivery;
        });
    }
}
