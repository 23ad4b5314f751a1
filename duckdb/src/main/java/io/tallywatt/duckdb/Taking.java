package io.tallywatt.duckdb;

import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.rollup.Presence;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.Change.Kind;
import io.tallywatt.core.store.ChangeReport;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Taken;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one delivery, inside one transaction.
 *
 * <p>Blocks go two ways. What cannot be stored yet (a series that is new, or a day outside those a series spans) and comes
 * for the first time in this delivery goes straight into the table. All else is put aside and laid over what is there by
 * {@link Merge}. A block that turns out to be given twice by one delivery, after its first part went straight, would have to
 * be deleted again in the same transaction, which DuckDB does by writing everything anew (25 s for 5 million blocks); so
 * the pass is given up and done again, with such blocks known beforehand.
 */
final class Taking {
    private final Connection connection;
    private final BlockFeed feed;
    private final Catalogue catalogue;
    private final Intake intake;
    private final int revision;
    private final Path spillFile;

    /** Days that one delivery gives in several parts, found by an earlier pass. */
    private final Presence repeated;

    private final boolean secondPass;
    private final int knownSeries;

    /** What came by in this pass; what of it was put aside, and what has no reading that counts. */
    private final Presence came = new Presence();

    private final Presence aside = new Presence();
    private final Presence uncounted = new Presence();
    private volatile boolean again;

    Taking(
            Connection connection,
            BlockFeed feed,
            Catalogue catalogue,
            Intake intake,
            int revision,
            Presence repeated,
            boolean secondPass,
            Path spillFile) {
        this.connection = connection;
        this.feed = feed;
        this.catalogue = catalogue;
        this.intake = intake;
        this.revision = revision;
        this.repeated = repeated;
        this.secondPass = secondPass;
        this.knownSeries = catalogue.ids.known();
        this.spillFile = spillFile;
    }

    static String insertBlocks(int revision, boolean pure) {
        return "INSERT INTO blocks SELECT " + Schema.BLOCK_COLUMNS + ", counted, total, least, most, " + revision + ", "
                + pure + " FROM " + BlockFeed.NAME + "()";
    }

    /**
     * Does it; the caller commits.
     *
     * @return null if the pass has to be done again
     */
    @Nullable
    Result run() throws SQLException {
        BitSet foreign = catalogue.inOtherZones(intake.zone());
        BitSet otherUnits = catalogue.inOtherUnits(intake.unit());
        try (Spill spill = new Spill(spillFile);
                Intake.Pass pass = intake.pass(catalogue.ids);
                Statement s = connection.createStatement()) {
            feed.load(pass::cursor, lane -> sort(lane, spill, foreign, otherUnits, pass));
            s.execute(insertBlocks(revision, true));
            List<Lane> lanes = feed.lanes();
            if (again) {
                return null;
            }
            Intake.Contents contents = pass.contents();
            Optional<Delivery> known = LedgerTable.byDigest(connection, contents.digest());
            if (!intake.again()
                    && known.isPresent()
                    && known.get().state() == DeliveryState.TAKEN
                    && known.get().settings().equals(contents.settings())) {
                return new Result(new Taken.Known(known.get()), null);
            }
            return complete(pass, contents, known, lanes, spill, foreign, s);
        }
    }

    /** Leaves in the batch what may go straight into the table. Runs in several threads at once. */
    private void sort(Lane lane, Spill spill, BitSet foreign, BitSet otherUnits, Intake.Pass pass) {
        BlockBatch batch = lane.batch;
        int n = 0;
        for (int b = 0; b < batch.size; b++) {
            int series = batch.series[b];
            int day = batch.day[b];
            if (!batch.allActual[b] && present(batch, b) == 0) {
                continue;
            }
            if (otherUnits.get(series)) {
                refuse(batch.line[b], series, day, pass);
                continue;
            }
            boolean first = came.add(series, day);
            if (mayMeet(series, day, foreign)) {
                aside.add(series, day);
                spill.add(batch, b);
            } else if (first) {
                lane.chosen[n++] = b;
            } else {
                repeated.add(series, day);
                again = true;
            }
        }
        if (again) {
            batch.clear();
            return;
        }
        if (n < batch.size) {
            batch.retain(lane.chosen, n);
        }
        count(lane);
    }

    private void refuse(long line, int series, int day, Intake.Pass pass) {
        pass.reject(ChangeReport.otherUnit(
                catalogue.ids.series(series), catalogue.unit(series), intake.unit(), line, LocalDate.ofEpochDay(day)));
    }

    /** Whether there may be something to lay the block over. */
    private boolean mayMeet(int series, int day, BitSet foreign) {
        if (series < knownSeries && (catalogue.spans.covers(series, day) || foreign.get(series))) {
            return true;
        }
        return secondPass && repeated.contains(series, day);
    }

    private void count(Lane lane) {
        BlockBatch batch = lane.batch;
        for (int b = 0; b < batch.size; b++) {
            int series = batch.series[b];
            lane.spans.include(series, batch.day[b], batch.resolution[b]);
            lane.readings += batch.allActual[b] ? batch.length[b] : present(batch, b);
            if (catalogue.ids.countsInTotals(series)) {
                lane.tallies.add(batch, b);
                if (batch.counted[b] == 0) {
                    uncounted.add(series, batch.day[b]);
                }
                if (series < knownSeries) {
                    lane.touched.set(series);
                }
            } else {
                uncounted.add(series, batch.day[b]);
            }
        }
        lane.blocks += batch.size;
    }

    private static int present(BlockBatch batch, int b) {
        int n = 0;
        for (int i = batch.offset[b]; i < batch.offset[b] + batch.length[b]; i++) {
            if (batch.qualities[i] != Quality.MISSING.code()) {
                n++;
            }
        }
        return n;
    }

    private Result complete(
            Intake.Pass pass,
            Intake.Contents contents,
            Optional<Delivery> known,
            List<Lane> lanes,
            Spill spill,
            BitSet foreign,
            Statement s)
            throws SQLException {
        long id = known.isPresent() ? known.get().id() : LedgerTable.nextId(connection);
        Instant receivedAt = known.isPresent()
                ? known.get().receivedAt()
                : intake.receivedAt().truncatedTo(ChronoUnit.MICROS);
        Set<Integer> ended = known.isPresent() ? revisionsOf(s, id) : Set.of();
        String zone = intake.zone().getId();
        JournalDraft journal = new JournalDraft();
        Map<Integer, Tally> tallies = new HashMap<>();
        Spans spans = new Spans();
        long direct = 0;
        long readings = 0;
        for (Lane lane : lanes) {
            lane.tallies.result(tallies);
            spans.includeAll(lane.spans);
            journal.touchAll(lane.touched);
            direct += lane.blocks;
            readings += lane.readings;
        }
        tallies.forEach((day, tally) -> {
            journal.includeDay(day);
            journal.add(zone, day, tally);
        });
        Merge merge = new Merge(
                connection, feed, catalogue, journal, revision, new Merge.Giver(id, receivedAt), ended, zone, pass);
        boolean merging = spill.size() > 0 || !ended.isEmpty();
        if (merging) {
            Schema.createStaging(s);
            feed.load(() -> spill, BlockFeed.Gate.OPEN);
            s.execute("INSERT INTO staged SELECT " + Schema.BLOCK_COLUMNS + " FROM " + BlockFeed.NAME + "()");
            merge.settleZones(foreign);
            merge.collectKeys();
        }
        journal.lookUp(connection, catalogue, revision);
        journal.appearAll(zone, came, uncounted, aside);
        if (merging) {
            merge.run();
            spans.includeAll(merge.spans);
        }
        journal.write(connection, catalogue, revision);
        Counts counts = new Counts(
                contents.rows(),
                intake.rejected(),
                readings + merge.readings,
                direct + merge.kinds[Kind.NEW.ordinal()],
                merge.kinds[Kind.UNCHANGED.ordinal()],
                merge.kinds[Kind.EXTENDED.ordinal()],
                merge.kinds[Kind.CORRECTED.ordinal()],
                merge.kinds[Kind.REMOVED.ordinal()]);
        LedgerTable.putRejects(connection, id, intake.rejects());
        return new Result(
                new Taken.Stored(new Delivery(
                        id,
                        intake.name(),
                        contents.digest(),
                        contents.bytes(),
                        contents.format(),
                        contents.settings(),
                        zone,
                        receivedAt,
                        receivedAt,
                        DeliveryState.TAKEN,
                        null,
                        counts,
                        intake.notices())),
                new Gain(spans, merge.moved()));
    }

    static Set<Integer> revisionsOf(Statement s, long delivery) throws SQLException {
        Set<Integer> revisions = new HashSet<>();
        try (ResultSet rs = s.executeQuery("SELECT id FROM revisions WHERE kind = 'TAKE' AND delivery = " + delivery)) {
            while (rs.next()) {
                revisions.add(rs.getInt(1));
            }
        }
        return revisions;
    }

    /** What the catalogue has to learn. */
    record Gain(Spans spans, BitSet moved) {}

    /** @param gain null if nothing was changed */
    record Result(Taken taken, @Nullable Gain gain) {}
}
