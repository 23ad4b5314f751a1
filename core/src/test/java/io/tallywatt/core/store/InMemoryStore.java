package io.tallywatt.core.store;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.reading.BlockBatch;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.SeriesIds;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.validate.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store as simple as it can be: every layer that ever was, with the revisions that brought and ended it. Each answer
 * is worked out from the layers; after each revision the totals of all dates are worked out anew and kept.
 */
public final class InMemoryStore implements BlockStore, Ledger, Following, FindingStore {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int SILENT_DAYS = 35;

    private record Day(String series, LocalDate date) implements Comparable<Day> {
        @Override
        public int compareTo(Day o) {
            return Comparator.comparing(Day::series).thenComparing(Day::date).compare(this, o);
        }
    }

    private record DateZone(LocalDate date, String zone) implements Comparable<DateZone> {
        @Override
        public int compareTo(DateZone o) {
            return Comparator.comparing(DateZone::date)
                    .thenComparing(DateZone::zone)
                    .compare(this, o);
        }
    }

    /** @param ended the revision that ended it, or {@link #NEVER} */
    private record Held(Layer layer, long ended) {
        boolean countsAt(long revision) {
            return layer.revision() <= revision && ended > revision;
        }
    }

    private record Revision(long id, boolean take, long delivery, ZoneId zone, Instant knownAt) {}

    private record State(Delivery delivery, List<Reject> rejects) {}

    private final Clock clock;
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Map<DateZone, Tally>> history = new ArrayList<>(List.of(Map.of()));
    private final TreeMap<Day, List<Held>> days = new TreeMap<>();
    private final TreeMap<String, StoredSeries> series = new TreeMap<>();
    private final TreeMap<Long, State> deliveries = new TreeMap<>();
    private final InMemoryFindings findings = new InMemoryFindings(this::shown);
    private Instant changedAt = Instant.EPOCH;

    public InMemoryStore(Clock clock) {
        this.clock = clock;
    }

    private record Row(Series series, DayBlock block, long line) {}

    @Override
    public synchronized Taken take(Intake intake) {
        List<Row> rows = new ArrayList<>();
        SeriesIds ids = new SeriesIds();
        try (Intake.Pass pass = intake.pass(ids)) {
            BlockCursor cursor = pass.cursor();
            BlockBatch batch = new BlockBatch();
            while (cursor.next(batch)) {
                for (int b = 0; b < batch.size; b++) {
                    DayBlock block = batch.block(b);
                    if (block.count(Quality.MISSING) < block.length()) {
                        rows.add(new Row(ids.series(batch.series[b]), block, batch.line[b]));
                    }
                }
            }
            return take(intake, pass, pass.contents(), rows);
        }
    }

    private Taken take(Intake intake, Intake.Pass pass, Intake.Contents contents, List<Row> rows) {
        Optional<Delivery> known = byDigest(contents.digest());
        if (known.isPresent()
                && known.get().state() == DeliveryState.TAKEN
                && known.get().settings().equals(contents.settings())) {
            return new Taken.Known(known.get());
        }
        long id = known.map(Delivery::id).orElse(deliveries.size() + 1L);
        Instant receivedAt =
                known.map(Delivery::receivedAt).orElse(intake.receivedAt().truncatedTo(ChronoUnit.MICROS));
        long revision = revisions.size() + 1L;
        Set<Long> ended = revisionsOf(id);
        refuseOtherUnits(intake, pass, rows);
        settleZones(intake, pass, rows, ended);

        TreeMap<Day, List<Layer>> incoming = new TreeMap<>();
        for (Row row : rows) {
            incoming.computeIfAbsent(new Day(row.series.toString(), row.block.date()), d -> new ArrayList<>())
                    .add(new Layer(revision, new Precedence(receivedAt, id, row.line), row.block));
        }
        Map<Change.Kind, Integer> kinds = change(revision, ended, incoming, pass);
        long readings = 0;
        for (Map.Entry<Day, List<Held>> day : days.entrySet()) {
            for (Held held : day.getValue()) {
                if (held.layer.revision() == revision) {
                    readings += held.layer.block().length() - held.layer.block().count(Quality.MISSING);
                    remember(rows, day.getKey(), held.layer.block(), intake);
                }
            }
        }
        Revision made = reveal(revision, true, id, intake.zone());
        Delivery delivery = new Delivery(
                id,
                intake.name(),
                contents.digest(),
                contents.bytes(),
                contents.format(),
                contents.settings(),
                intake.zone().getId(),
                receivedAt,
                made.knownAt,
                DeliveryState.TAKEN,
                null,
                counts(contents.rows(), intake.rejected(), readings, kinds),
                intake.notices());
        List<Reject> rejects = new ArrayList<>();
        intake.rejects().forEachRemaining(rejects::add);
        rejects.sort(Comparator.comparingLong(Reject::line));
        deliveries.put(id, new State(delivery, rejects));
        return new Taken.Stored(delivery);
    }

    private static Counts counts(long rows, long rejected, long readings, Map<Change.Kind, Integer> kinds) {
        return new Counts(
                rows,
                rejected,
                readings,
                kinds.getOrDefault(Change.Kind.NEW, 0),
                kinds.getOrDefault(Change.Kind.UNCHANGED, 0),
                kinds.getOrDefault(Change.Kind.EXTENDED, 0),
                kinds.getOrDefault(Change.Kind.CORRECTED, 0),
                kinds.getOrDefault(Change.Kind.REMOVED, 0));
    }

    /** The revisions by which a delivery was taken. */
    private Set<Long> revisionsOf(long delivery) {
        Set<Long> of = new HashSet<>();
        for (Revision revision : revisions) {
            if (revision.take && revision.delivery == delivery) {
                of.add(revision.id);
            }
        }
        return of;
    }

    private void refuseOtherUnits(Intake intake, Intake.Pass pass, List<Row> rows) {
        rows.removeIf(row -> {
            StoredSeries known = series.get(row.series.toString());
            boolean other = known != null && !known.unit().equals(intake.unit());
            if (other) {
                pass.reject(new Reject(row.line, "", RejectCode.UNIT_CONFLICT, "unit", row.series.toString()));
            }
            return other;
        });
    }

    /** A series kept in another zone moves if nothing is left there; if something is, its rows are rejected. */
    private void settleZones(Intake intake, Intake.Pass pass, List<Row> rows, Set<Long> ended) {
        rows.removeIf(row -> {
            StoredSeries known = series.get(row.series.toString());
            if (known == null || known.zone().equals(intake.zone())) {
                return false;
            }
            boolean kept = days.entrySet().stream()
                    .filter(day -> day.getKey().series.equals(row.series.toString()))
                    .flatMap(day -> day.getValue().stream())
                    .anyMatch(held -> held.ended == NEVER && !ended.contains(held.layer.revision()));
            if (kept) {
                pass.reject(new Reject(row.line, "", RejectCode.ZONE_CONFLICT, "zone", row.series.toString()));
            }
            return kept;
        });
    }

    private Map<Change.Kind, Integer> change(
            long revision, Set<Long> ended, Map<Day, List<Layer>> incoming, Intake.@Nullable Pass pass) {
        Set<Day> concerned = new HashSet<>(incoming.keySet());
        days.forEach((day, all) -> {
            if (all.stream().anyMatch(held -> held.ended == NEVER && ended.contains(held.layer.revision()))) {
                concerned.add(day);
            }
        });
        Map<Change.Kind, Integer> kinds = new EnumMap<>(Change.Kind.class);
        for (Day day : concerned) {
            List<Held> all = days.getOrDefault(day, List.of());
            List<Layer> active = active(all, NEVER - 1);
            boolean ends = active.stream().anyMatch(layer -> ended.contains(layer.revision()));
            Change change =
                    Change.of(Overlay.of(active), active, ended::contains, incoming.getOrDefault(day, List.of()));
            if (ends || !change.added().isEmpty()) {
                kinds.merge(change.kind(), 1, Integer::sum);
            }
            List<Held> next = new ArrayList<>();
            for (Held held : all) {
                boolean endsNow = held.ended == NEVER && ended.contains(held.layer.revision());
                next.add(endsNow ? new Held(held.layer, revision) : held);
            }
            change.added().forEach(layer -> next.add(new Held(layer, NEVER)));
            days.put(day, next);
            if (pass != null) {
                report(change, revision, pass);
            }
        }
        return kinds;
    }

    private static void report(Change change, long revision, Intake.Pass pass) {
        for (Layer layer : change.refused()) {
            pass.reject(new Reject(
                    layer.precedence().line(), "", RejectCode.RESOLUTION_CONFLICT, "resolution", layer.toString()));
        }
        for (Layer layer : change.repeated()) {
            pass.notice(NoticeCode.DUPLICATE_IN_FILE, layer.precedence().line(), "again");
        }
        for (Layer layer : change.mismatches()) {
            Layer named = layer.revision() == revision ? layer : change.added().getLast();
            pass.notice(NoticeCode.TOTAL_MISMATCH, named.precedence().line(), "total");
        }
        if (change.late()) {
            pass.notice(
                    NoticeCode.OLDER_THAN_STORED,
                    change.added().getLast().precedence().line(),
                    "older");
        }
    }

    private static List<Layer> active(List<Held> all, long revision) {
        return all.stream()
                .filter(held -> held.countsAt(revision))
                .map(Held::layer)
                .toList();
    }

    private void remember(List<Row> rows, Day day, DayBlock block, Intake intake) {
        StoredSeries old = series.get(day.series);
        Series own = rows.stream()
                .map(Row::series)
                .filter(s -> s.toString().equals(day.series))
                .findFirst()
                .orElseThrow();
        String resolution =
                block.resolution() == null ? "irregular" : block.resolution().toString();
        series.put(
                day.series,
                new StoredSeries(
                        own,
                        intake.unit(),
                        "electricity",
                        old == null ? resolution : old.resolution(),
                        intake.zone(),
                        old == null || day.date.isBefore(old.first()) ? day.date : old.first(),
                        old == null || day.date.isAfter(old.last()) ? day.date : old.last()));
    }

    /** Notes a revision, later than any before it, and works out the totals as of it. */
    private Revision reveal(long id, boolean take, long delivery, ZoneId zone) {
        changedAt = later();
        Revision made = new Revision(id, take, delivery, zone, changedAt);
        revisions.add(made);
        history.add(tallies(id));
        return made;
    }

    /** Now, but later than any change before. */
    private Instant later() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(changedAt) ? now : changedAt.plus(1, ChronoUnit.MICROS);
    }

    private Map<DateZone, Tally> tallies(long revision) {
        Map<DateZone, Tally> tallies = new TreeMap<>();
        Map<DateZone, Set<String>> meters = new TreeMap<>();
        days.forEach((day, all) -> {
            Series own = Series.parse(day.series);
            List<Layer> active = active(all, revision);
            DayBlock block = Overlay.of(active);
            if (block == null || !own.countsInTotals()) {
                return;
            }
            DateZone key = new DateZone(day.date, zoneOf(active).getId());
            tallies.merge(key, Tally.of(block), Tally::plus);
            if (block.counted() > 0) {
                meters.computeIfAbsent(key, k -> new HashSet<>()).add(own.key());
            }
        });
        Set<DateZone> dates = new HashSet<>(tallies.keySet());
        meters.keySet().forEach(seen -> {
            for (int d = 1; d <= SILENT_DAYS; d++) {
                dates.add(new DateZone(seen.date.plusDays(d), seen.zone));
            }
        });
        for (DateZone key : dates) {
            Set<String> silent = new HashSet<>();
            for (int d = 1; d <= SILENT_DAYS; d++) {
                silent.addAll(meters.getOrDefault(new DateZone(key.date.minusDays(d), key.zone), Set.of()));
            }
            Set<String> seen = meters.getOrDefault(key, Set.of());
            silent.removeAll(seen);
            Tally more = new Tally(java.math.BigDecimal.ZERO, seen.size(), silent.size(), 0, 0, 0, 0, 0);
            tallies.merge(key, more, Tally::plus);
        }
        return tallies;
    }

    private ZoneId zoneOf(List<Layer> active) {
        long latest = active.stream().mapToLong(Layer::revision).max().orElseThrow();
        return revisions.size() < latest ? pending() : revisions.get((int) latest - 1).zone;
    }

    private static ZoneId pending() {
        throw new IllegalStateException("The revision is not noted yet");
    }

    @Override
    public synchronized Delivery withdraw(long id) {
        State state = deliveries.get(id);
        if (state == null) {
            throw new IllegalArgumentException("There is no delivery " + id);
        }
        Delivery old = state.delivery;
        if (old.state() != DeliveryState.TAKEN) {
            return old;
        }
        long revision = revisions.size() + 1L;
        Map<Change.Kind, Integer> kinds = change(revision, revisionsOf(id), Map.of(), null);
        Instant knownAt = reveal(revision, false, id, ZoneId.of(old.zone())).knownAt;
        Counts counts = new Counts(
                old.counts().rows(),
                old.counts().rejected(),
                0,
                0,
                kinds.getOrDefault(Change.Kind.UNCHANGED, 0),
                0,
                kinds.getOrDefault(Change.Kind.CORRECTED, 0) + kinds.getOrDefault(Change.Kind.EXTENDED, 0),
                kinds.getOrDefault(Change.Kind.REMOVED, 0));
        Delivery withdrawn = new Delivery(
                id,
                old.name(),
                old.digest(),
                old.bytes(),
                old.format(),
                old.settings(),
                old.zone(),
                old.receivedAt(),
                knownAt,
                DeliveryState.WITHDRAWN,
                old.reason(),
                counts,
                old.notices());
        deliveries.put(id, new State(withdrawn, state.rejects));
        return withdrawn;
    }

    private long revisionAt(@Nullable Instant asOf) {
        return asOf == null
                ? revisions.size()
                : revisions.stream().filter(r -> !r.knownAt.isAfter(asOf)).count();
    }

    private Optional<StoredBlock> block(Day day, long revision) {
        List<Held> all = days.getOrDefault(day, List.of());
        List<Layer> active = active(all, revision);
        DayBlock block = Overlay.of(active);
        if (block == null) {
            return Optional.empty();
        }
        long since = revision;
        while (block.equals(Overlay.of(active(all, since - 1)))) {
            since--;
        }
        return Optional.of(new StoredBlock(
                Series.parse(day.series),
                zoneOf(active),
                block,
                revisions.get((int) since - 1).knownAt,
                StoredBlock.sources(
                        active,
                        id -> Objects.requireNonNull(deliveries.get(id))
                                .delivery
                                .name())));
    }

    @Override
    public synchronized Stream<StoredBlock> blocks(Series of, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        long revision = revisionAt(asOf);
        return List.copyOf(days.subMap(new Day(of.toString(), from), new Day(of.toString(), to))
                        .keySet())
                .stream()
                .flatMap(day -> block(day, revision).stream());
    }

    @Override
    public synchronized Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        long revision = revisionAt(asOf);
        return List.copyOf(days.keySet()).stream()
                .filter(day -> day.date.equals(date))
                .filter(day -> Series.parse(day.series).countsInTotals())
                .flatMap(day -> block(day, revision).stream());
    }

    @Override
    public synchronized List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        int revision = (int) revisionAt(asOf);
        TreeMap<DateZone, JournalEntry> entries = new TreeMap<>();
        for (int r = 1; r <= revision; r++) {
            Map<DateZone, Tally> before = history.get(r - 1);
            Map<DateZone, Tally> after = history.get(r);
            Set<DateZone> keys = new HashSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (DateZone key : keys) {
                Tally is = after.getOrDefault(key, Tally.NONE);
                if (!is.minus(before.getOrDefault(key, Tally.NONE)).isZero()
                        && !key.date.isBefore(from)
                        && key.date.isBefore(to)) {
                    entries.put(key, new JournalEntry(key.date, key.zone, is, revisions.get(r - 1).knownAt));
                }
            }
        }
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized List<JournalEntry> changes(LocalDate date) {
        List<JournalEntry> changes = new ArrayList<>();
        for (int r = 1; r < history.size(); r++) {
            Map<DateZone, Tally> before = history.get(r - 1);
            Map<DateZone, Tally> after = history.get(r);
            Set<DateZone> keys = new TreeSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (DateZone key : keys) {
                Tally made = after.getOrDefault(key, Tally.NONE).minus(before.getOrDefault(key, Tally.NONE));
                if (key.date.equals(date) && !made.isZero()) {
                    changes.add(new JournalEntry(date, key.zone, made, revisions.get(r - 1).knownAt));
                }
            }
        }
        return changes;
    }

    @Override
    public synchronized Optional<StoredSeries> find(Series of) {
        return Optional.ofNullable(series.get(of.toString()));
    }

    @Override
    public synchronized Stream<StoredSeries> series(SeriesSearch search) {
        String part = search.part().toLowerCase(Locale.ROOT);
        return List.copyOf(series.tailMap(search.after(), false).values()).stream()
                .filter(s -> s.series().toString().startsWith(search.prefix()))
                .filter(s -> s.series().toString().toLowerCase(Locale.ROOT).contains(part))
                .limit(search.limit());
    }

    @Override
    public synchronized Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason) {
        Optional<Delivery> known = byDigest(digest);
        if (known.isPresent() && known.get().state() == DeliveryState.TAKEN) {
            return known.get();
        }
        long id = known.map(Delivery::id).orElse(deliveries.size() + 1L);
        Instant received = known.map(Delivery::receivedAt).orElse(receivedAt.truncatedTo(ChronoUnit.MICROS));
        Instant knownAt = reveal(revisions.size() + 1L, false, id, java.time.ZoneOffset.UTC).knownAt;
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
        deliveries.put(id, new State(delivery, List.of()));
        return delivery;
    }

    @Override
    public synchronized Optional<Delivery> delivery(long id) {
        return Optional.ofNullable(deliveries.get(id)).map(State::delivery);
    }

    @Override
    public synchronized Optional<Delivery> byDigest(String digest) {
        return deliveries.values().stream()
                .map(State::delivery)
                .filter(d -> d.digest().equals(digest))
                .findFirst();
    }

    @Override
    public synchronized boolean mayKnow(long bytes) {
        return bytes < 0
                ? !deliveries.isEmpty()
                : deliveries.values().stream().anyMatch(s -> s.delivery.bytes() == bytes);
    }

    @Override
    public synchronized List<Delivery> deliveries(DeliverySearch search) {
        return deliveries.values().stream()
                .map(State::delivery)
                .filter(d -> search.state() == null || d.state() == search.state())
                .filter(d -> search.name() == null || d.name().equals(search.name()))
                .filter(d -> search.before() == null || d.knownAt().isBefore(search.before()))
                .sorted(Comparator.comparing(Delivery::knownAt).reversed())
                .limit(search.limit())
                .toList();
    }

    @Override
    public synchronized Instant changedAt() {
        return changedAt;
    }

    @Override
    public synchronized Stream<Reject> rejects(long delivery) {
        State state = deliveries.get(delivery);
        return state == null ? Stream.empty() : state.rejects.stream();
    }

    @Override
    public synchronized Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        SeriesScope scope = SeriesScope.of(prefix);
        return List.copyOf(days.keySet()).stream()
                .filter(day -> !day.date.isBefore(from) && day.date.isBefore(to))
                .filter(day -> scope.includes(Series.parse(day.series)))
                .sorted(Comparator.comparing(Day::date).thenComparing(Day::series))
                .flatMap(day -> block(day, revisions.size()).stream())
                .map(stored -> new StandingBlock(
                        stored.series(),
                        stored.zone(),
                        series.get(stored.series().toString()).unit(),
                        stored.block()))
                .toList()
                .stream();
    }

    @Override
    public synchronized Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        SeriesScope scope = SeriesScope.of(prefix);
        List<ArrivedBlock> all = new ArrayList<>();
        days.forEach((day, held) -> active(held, NEVER - 1).forEach(layer -> {
            ArrivedBlock block = arrived(Series.parse(day.series), layer);
            if (scope.includes(block.series()) && block.knownAt().isAfter(after)) {
                all.add(block);
            }
        }));
        all.sort(Comparator.comparing(ArrivedBlock::knownAt)
                .thenComparing(arrived -> arrived.series().toString())
                .thenComparing(arrived -> arrived.block().date())
                .thenComparing(ArrivedBlock::line)
                .thenComparing(ArrivedBlock::delivery));
        if (all.size() <= limit) {
            return all.stream();
        }
        Instant last = all.get((int) Math.max(0, limit - 1)).knownAt();
        return all.stream().filter(arrived -> !arrived.knownAt().isAfter(last));
    }

    private ArrivedBlock arrived(Series of, Layer layer) {
        Revision revision = revisions.get((int) layer.revision() - 1);
        Precedence precedence = layer.precedence();
        return new ArrivedBlock(
                of,
                revision.zone,
                layer.block(),
                precedence.delivery(),
                precedence.line(),
                precedence.time(),
                revision.knownAt);
    }

    /** Whether what a delivery brought is shown. */
    private boolean shown(long delivery) {
        State state = deliveries.get(delivery);
        return state == null || state.delivery.state() == DeliveryState.TAKEN;
    }

    @Override
    public synchronized Instant judgedUntil() {
        return findings.judgedUntil();
    }

    @Override
    public synchronized void keep(Verdict verdict, Instant until, Instant at) {
        if (findings.keep(verdict, until, at)) {
            changedAt = later();
        }
    }

    @Override
    public synchronized List<StoredFinding> findings(FindingSearch search) {
        return findings.findings(search);
    }

    @Override
    public synchronized List<FindingCount> counts(FindingSearch search) {
        return findings.counts(search);
    }

    @Override
    public synchronized List<StoredFinding> changedAfter(long number, int limit) {
        return findings.changedAfter(number, limit);
    }
}
