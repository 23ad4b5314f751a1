package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Table;
import io.tallywatt.aws.table.WriteUnits;
import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.store.ArrivedBlock;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Intake;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.core.store.PartStore;
import io.tallywatt.core.store.SeriesSearch;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.core.store.Taken;
import io.tallywatt.core.store.Upkeep;
import io.tallywatt.core.validate.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store in one DynamoDB table. Any number of processes may use it at once. */
public final class DynamoStore
        implements BlockStore, Ledger, Following, FindingStore, AlertLog, PartStore, Groups, Upkeep {
    private final Table table;
    private final Files files;
    private final Things things;
    private final Pages pages;
    private final Layers layers;
    private final Journal journal;
    private final Log log;
    private final Rejected rejected;
    private final Revisions revisions;
    private final Manifests manifests;
    private final Taking taking;
    private final Findings findings;
    private final Alerts alerts;
    private final Parts parts;
    private final MeterGroups groups;

    private DynamoStore(Table table, Clock clock) {
        this.table = table;
        files = new Files(table);
        things = new Things(table);
        pages = new Pages(table, clock);
        layers = new Layers(table);
        journal = new Journal(table, clock);
        log = new Log(table);
        rejected = new Rejected(table);
        revisions = new Revisions(table);
        manifests = new Manifests(table);
        Commits commits = new Commits(table, log, files, manifests, clock);
        taking = new Taking(table, clock, files, things, pages, layers, journal, revisions, manifests, commits);
        findings = new Findings(table, files, revisions, commits, clock);
        alerts = new Alerts(table, clock);
        groups = new MeterGroups(table, clock);
        parts = new Parts(table, clock, taking, things, layers, revisions, files);
    }

    public static DynamoStore open(DynamoDbClient client, String table, Clock clock) {
        return open(client, table, clock, new WriteUnits());
    }

    /** @param units where the write units are added up that it consumes */
    public static DynamoStore open(DynamoDbClient client, String table, Clock clock, WriteUnits units) {
        return new DynamoStore(new Table(client, table, units), clock);
    }

    /** Makes the table; on AWS the stack does. */
    public static void createTable(DynamoDbClient client, String table) {
        Table.create(client, table);
    }

    private View now() {
        return View.of(revisions, Head.read(table), null);
    }

    private Asking asking(View view) {
        return new Asking(table, files, things, pages, layers, log, manifests, view);
    }

    private Asking asking(@Nullable Instant asOf) {
        return asking(View.of(revisions, Head.read(table), asOf));
    }

    @Override
    public Taken take(Intake intake) {
        return taking.take(intake);
    }

    @Override
    public Begun begin(Whole whole) {
        return parts.begin(whole);
    }

    @Override
    public Optional<Taken> part(String take, int number, Intake intake) {
        return parts.part(take, number, intake);
    }

    @Override
    public Delivery withdraw(long delivery) {
        return taking.withdraw(delivery);
    }

    @Override
    public Stream<StoredBlock> blocks(Series series, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return asking(asOf).blocks(series, from, to);
    }

    @Override
    public Stream<StoredBlock> blocksOn(LocalDate date, @Nullable Instant asOf) {
        return asking(asOf).blocksOn(date);
    }

    @Override
    public List<JournalEntry> totals(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return journal.totals(from, to, View.of(revisions, Head.read(table), asOf));
    }

    @Override
    public List<JournalEntry> changes(LocalDate date) {
        return journal.changes(date, View.of(revisions, Head.read(table), null));
    }

    @Override
    public List<JournalEntry> totals(Collection<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return asking(asOf).totals(meters, from, to);
    }

    @Override
    public List<MeterGroup.Entry> list(String after, int limit) {
        return groups.list(after, limit);
    }

    @Override
    public Optional<MeterGroup> find(String key) {
        return groups.find(key);
    }

    @Override
    public boolean put(MeterGroup group) {
        return groups.put(group);
    }

    @Override
    public boolean remove(String key) {
        return groups.remove(key);
    }

    @Override
    public Optional<StoredSeries> find(Series series) {
        return asking(now()).find(series);
    }

    @Override
    public Stream<StoredSeries> series(SeriesSearch search) {
        return asking(now()).series(search);
    }

    @Override
    public Delivery quarantine(String name, String digest, long bytes, Instant receivedAt, String reason) {
        return taking.quarantine(name, digest, bytes, receivedAt, reason);
    }

    @Override
    public Optional<Delivery> delivery(long id) {
        return files.byId(id).map(Files.Entry::delivery);
    }

    @Override
    public Optional<Delivery> byDigest(String digest) {
        return files.byDigest(digest).map(Files.Entry::delivery);
    }

    @Override
    public boolean mayKnow(long bytes) {
        return bytes < 0 ? Head.read(table).deliveries() > 0 : files.anyOfSize(bytes);
    }

    @Override
    public List<Delivery> deliveries(DeliverySearch search) {
        @Nullable String name = search.name();
        @Nullable DeliveryState state = search.state();
        if (name != null) {
            return found(files.digestsNamed(name), search);
        }
        if (state != null && state != DeliveryState.TAKEN) {
            return found(files.digestsIn(state), search);
        }
        return logged(search);
    }

    private List<Delivery> found(List<String> digests, DeliverySearch search) {
        return files.byDigests(digests).values().stream()
                .map(Files.Entry::delivery)
                .filter(delivery -> matches(delivery, search))
                .sorted(Comparator.comparing(Delivery::knownAt).reversed())
                .limit(search.limit())
                .toList();
    }

    private static boolean matches(Delivery delivery, DeliverySearch search) {
        @Nullable Instant before = search.before();
        return (search.state() == null || delivery.state() == search.state())
                && (search.name() == null || delivery.name().equals(search.name()))
                && (before == null || delivery.knownAt().isBefore(before));
    }

    /** From the log backwards: the first time that a delivery comes up is its present state. */
    private List<Delivery> logged(DeliverySearch search) {
        Head head = Head.read(table);
        @Nullable Instant before = search.before();
        long last = before == null ? head.revision() : log.knownBy(Tickets.micros(before), head.revision());
        List<Delivery> found = new ArrayList<>();
        List<Log.Entry> some = new ArrayList<>();
        try (Stream<Log.Entry> entries = log.backFrom(last)) {
            Iterator<Log.Entry> each = entries.iterator();
            while (each.hasNext() && found.size() < search.limit()) {
                Log.Entry entry = each.next();
                if (!entry.digest().isEmpty()) {
                    some.add(entry);
                }
                if (some.size() >= LOOKED_UP_AT_ONCE) {
                    lookUp(some, search, found);
                }
            }
        }
        lookUp(some, search, found);
        return found.size() > search.limit() ? List.copyOf(found.subList(0, (int) search.limit())) : found;
    }

    private static final int LOOKED_UP_AT_ONCE = 100;

    private void lookUp(List<Log.Entry> some, DeliverySearch search, List<Delivery> found) {
        Map<String, Files.Entry> entries =
                files.byDigests(some.stream().map(Log.Entry::digest).toList());
        for (Log.Entry one : some) {
            Delivery delivery =
                    Objects.requireNonNull(entries.get(one.digest())).delivery();
            boolean current = Tickets.micros(delivery.knownAt()) == one.knownAt();
            if (current && matches(delivery, search)) {
                found.add(delivery);
            }
        }
        some.clear();
    }

    @Override
    public Map<String, Set<String>> digestsTaken(Collection<String> names) {
        Map<String, Set<String>> digests = new HashMap<>();
        List<String> distinct = List.copyOf(new HashSet<>(names));
        List<List<String>> named = table.each(distinct, files::digestsNamed);
        Set<String> all = new HashSet<>();
        named.forEach(all::addAll);
        files.byDigests(all).values().stream()
                .filter(Files.Entry::taken)
                .map(Files.Entry::delivery)
                .filter(delivery -> distinct.contains(delivery.name()))
                .forEach(delivery -> digests.computeIfAbsent(delivery.name(), n -> new HashSet<>())
                        .add(delivery.digest()));
        return digests;
    }

    @Override
    public Instant changedAt() {
        return Tickets.instant(Head.read(table).changedAt());
    }

    @Override
    public Stream<Reject> rejects(long delivery) {
        @Nullable String ticket = files.byId(delivery).map(Files.Entry::ticket).orElse(null);
        return ticket == null ? Stream.empty() : rejected.of(ticket);
    }

    @Override
    public Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to) {
        return asking(now()).standing(prefix, from, to);
    }

    @Override
    public Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit) {
        return asking(now()).arrived(prefix, Tickets.micros(after), limit);
    }

    @Override
    public Instant judgedUntil() {
        return findings.judgedUntil();
    }

    @Override
    public void keep(Verdict verdict, Instant until, Instant at) {
        findings.keep(verdict, until, at);
    }

    @Override
    public List<StoredFinding> findings(FindingSearch search) {
        return findings.findings(search);
    }

    @Override
    public List<FindingCount> counts(FindingSearch search) {
        return findings.counts(search);
    }

    @Override
    public List<StoredFinding> changedAfter(long number, int limit) {
        return findings.changedAfter(number, limit);
    }

    @Override
    public State state(String notifier) {
        return alerts.state(notifier);
    }

    @Override
    public void keep(String notifier, long position, List<Instant> sent, List<Group> changed) {
        alerts.keep(notifier, position, sent, changed);
    }

    /** Puts dates of many small journal entries in order. */
    @Override
    public List<YearMonth> tidy() {
        return journal.tidy(now()).stream()
                .map(YearMonth::from)
                .distinct()
                .sorted()
                .toList();
    }
}
