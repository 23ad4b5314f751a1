package io.tallywatt.duckdb;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Attempt;
import io.tallywatt.core.store.BlockCursor;
import io.tallywatt.core.store.Change;
import io.tallywatt.core.store.ChangeReport;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Precedence;
import io.tallywatt.core.store.Taken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes many small deliveries inside one transaction: each is read into memory, what all of them do to a day is worked out
 * at once, and everything is written in a few statements. A file of one reading costs about a tenth of a millisecond here and
 * some fifteen milliseconds by {@link Taking}.
 *
 * <p>Left to that are deliveries that came before (read with other options, out of quarantine, withdrawn), and those of series
 * that are part of totals: what they do to distinct and silent meters is worked out delivery by delivery. So is one whose
 * series are kept in another zone.
 */
final class SmallTaking {
    private final Connection connection;
    private final Catalogue catalogue;
    private final List<? extends Intake> intakes;
    private final ZoneId zone;
    private final String unit;
    /** Known series that are kept in another zone or unit. */
    private final BitSet foreign;
    /** An answer for each intake; null where it is left to others. */
    private final @Nullable Attempt[] attempts;

    private final List<Small> smalls = new ArrayList<>();
    /** Which other one of them holds the same bytes, by index. */
    private final Map<Integer, Small> repeated = new HashMap<>();

    final TreeMap<Long, SmallDay> days = new TreeMap<>();
    final Spans spans = new Spans();

    /** One delivery that is taken here. */
    static final class Small {
        final int index;
        final Intake intake;
        final Intake.Pass pass;
        final Intake.Contents contents;
        final List<Given> given;
        final long[] kinds = new long[Change.Kind.values().length];
        long readings;
        long id;
        int revision;
        Instant receivedAt = Instant.EPOCH;

        Small(int index, Intake intake, Intake.Pass pass, Intake.Contents contents, List<Given> given) {
            this.index = index;
            this.intake = intake;
            this.pass = pass;
            this.contents = contents;
            this.given = given;
        }
    }

    /** What a delivery gives for one day. */
    record Given(int series, DayBlock block, long line) {}

    SmallTaking(Connection connection, Catalogue catalogue, List<? extends Intake> intakes) {
        this.connection = connection;
        this.catalogue = catalogue;
        this.intakes = intakes;
        this.zone = intakes.getFirst().zone();
        this.unit = intakes.getFirst().unit();
        this.foreign = catalogue.inOtherZones(zone);
        foreign.or(catalogue.inOtherUnits(unit));
        this.attempts = new @Nullable Attempt[intakes.size()];
    }

    ZoneId zone() {
        return zone;
    }

    String unit() {
        return unit;
    }

    /** The deliveries taken, in the order of their revisions. */
    List<Small> smalls() {
        return smalls;
    }

    /** Reads all of them, and finds out which are known. */
    void read() throws SQLException {
        List<Small> read = new ArrayList<>();
        BlockBatch batch = new BlockBatch();
        for (int i = 0; i < intakes.size(); i++) {
            Intake intake = intakes.get(i);
            if (intake.again() || !intake.zone().equals(zone) || !intake.unit().equals(unit)) {
                continue;
            }
            try {
                read.add(read(i, intake, batch));
            } catch (UnreadableDocument e) {
                attempts[i] = new Attempt.Failed(e);
            }
        }
        Map<String, Delivery> known = LedgerTable.byDigests(
                connection, read.stream().map(s -> s.contents.digest()).toList());
        Map<String, Small> here = new HashMap<>();
        for (Small small : read) {
            @Nullable Delivery before = known.get(small.contents.digest());
            @Nullable Small earlier = here.get(small.contents.digest());
            if (before != null) {
                boolean same = before.state() == DeliveryState.TAKEN
                        && before.settings().equals(small.contents.settings());
                attempts[small.index] = same ? new Attempt.Done(new Taken.Known(before)) : null;
            } else if (earlier != null) {
                if (earlier.contents.settings().equals(small.contents.settings())) {
                    repeated.put(small.index, earlier);
                }
            } else if (isMine(small)) {
                here.put(small.contents.digest(), small);
                smalls.add(small);
            }
        }
    }

    private Small read(int index, Intake intake, BlockBatch batch) {
        List<Given> given = new ArrayList<>();
        try (Intake.Pass pass = intake.pass(catalogue.ids)) {
            BlockCursor cursor = pass.cursor();
            while (cursor.next(batch)) {
                for (int b = 0; b < batch.size; b++) {
                    DayBlock block = batch.block(b);
                    if (block.count(Quality.MISSING) < block.length()) {
                        given.add(new Given(batch.series[b], block, batch.line[b]));
                    }
                }
            }
            return new Small(index, intake, pass, pass.contents(), given);
        }
    }

    private boolean isMine(Small small) {
        return small.given.stream().noneMatch(g -> foreign.get(g.series) || catalogue.ids.countsInTotals(g.series));
    }

    /**
     * Works out what they do, and writes it all but the revisions and the ledger.
     *
     * @param lastRevision before the first of these
     */
    void store(int lastRevision) throws SQLException {
        long nextId = LedgerTable.nextId(connection);
        int revision = lastRevision;
        for (Small small : smalls) {
            small.id = nextId++;
            small.revision = ++revision;
            small.receivedAt = small.intake.receivedAt().truncatedTo(ChronoUnit.MICROS);
            for (Given g : small.given) {
                Layer layer = new Layer(small.revision, new Precedence(small.receivedAt, small.id, g.line), g.block);
                days.computeIfAbsent(key(g.series, g.block.day()), k -> new SmallDay(g.series, g.block.day()))
                        .give(small, layer);
            }
        }
        SmallDays stored = new SmallDays(connection, catalogue);
        stored.load(days.values());
        List<SmallDay> deep = new ArrayList<>();
        for (SmallDay day : days.values()) {
            if (!day.grow()) {
                deep.add(day);
            }
        }
        stored.loadLayers(deep);
        for (SmallDay day : deep) {
            day.change();
        }
        for (SmallDay day : days.values()) {
            report(day);
        }
        SmallDays.write(connection, days.values());
    }

    private static long key(int series, int day) {
        return (long) series << 32 | day;
    }

    private void report(SmallDay day) {
        Series series = catalogue.ids.series(day.series);
        for (SmallDay.Step step : day.steps) {
            Small small = step.small();
            Change change = step.change();
            ChangeReport.tell(series, change, small.revision, small.pass);
            if (!change.added().isEmpty()) {
                small.kinds[change.kind().ordinal()]++;
            }
            for (Layer layer : change.added()) {
                DayBlock block = layer.block();
                small.readings += block.length() - block.count(Quality.MISSING);
                spans.include(
                        day.series,
                        block.day(),
                        block.resolution() == null ? 0 : block.resolution().seconds());
            }
        }
    }

    /** The ledger's entry of one of them. */
    Delivery delivery(Small small, Instant knownAt) {
        long[] kinds = small.kinds;
        return new Delivery(
                small.id,
                small.intake.name(),
                small.contents.digest(),
                small.contents.bytes(),
                small.contents.format(),
                small.contents.settings(),
                zone.getId(),
                small.receivedAt,
                knownAt,
                DeliveryState.TAKEN,
                null,
                new Counts(
                        small.contents.rows(),
                        small.intake.rejected(),
                        small.readings,
                        kinds[Change.Kind.NEW.ordinal()],
                        kinds[Change.Kind.UNCHANGED.ordinal()],
                        kinds[Change.Kind.EXTENDED.ordinal()],
                        kinds[Change.Kind.CORRECTED.ordinal()],
                        kinds[Change.Kind.REMOVED.ordinal()]),
                small.intake.notices());
    }

    /** Notes what came of those taken here, and of those that say the same. */
    void taken(Map<Small, Delivery> deliveries) {
        deliveries.forEach((small, delivery) -> attempts[small.index] = new Attempt.Done(new Taken.Stored(delivery)));
        repeated.forEach((index, first) ->
                attempts[index] = new Attempt.Done(new Taken.Known(Objects.requireNonNull(deliveries.get(first)))));
    }

    @Nullable
    Attempt[] attempts() {
        return attempts;
    }
}
