package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Backoff;
import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.store.FindingChanges;
import io.tallywatt.core.store.FindingCount;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.SeriesScope;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Findings, by the month in which they start, the last first. Each change is a version of its own under a ticket, as layers are, so a
 * verdict of thousands is kept together or not at all.
 */
final class Findings {
    private static final Key STATE = new Key("findings", "state");
    private static final String LAST = "n";
    private static final String UNTIL = "j";
    private static final String VERSION = "v";
    private static final String BYTES = "v";
    private static final String MONTHS = "finding-months";
    private static final String WHERE = "w";
    private static final int BUCKET_BITS = 12;

    private static final Comparator<StoredFinding> LIST = Comparator.comparing(
                    (StoredFinding one) -> one.finding().interval().start())
            .reversed()
            .thenComparing(one -> one.finding().series().toString())
            .thenComparing(one -> one.finding().rule().name());

    private final Table table;
    private final Files files;
    private final Revisions revisions;
    private final Commits commits;
    private final Clock clock;

    Findings(Table table, Files files, Revisions revisions, Commits commits, Clock clock) {
        this.table = table;
        this.files = files;
        this.revisions = revisions;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * How far findings have come.
     *
     * @param last number of the last change
     * @param until microseconds since 1970
     * @param version of the item, 0 where there is none
     */
    private record State(long last, long until, long version) {}

    private State state() {
        return table.get(STATE)
                .map(item ->
                        new State(item.requiredNumber(LAST), item.requiredNumber(UNTIL), item.requiredNumber(VERSION)))
                .orElse(new State(0, 0, 0));
    }

    private static Table.Write write(State before, long last, long until) {
        Item item = Item.of(STATE).with(LAST, last).with(UNTIL, until).with(VERSION, before.version + 1);
        return new Table.Write(item, before.version == 0 ? Condition.absent() : Condition.is(VERSION, before.version));
    }

    Instant judgedUntil() {
        return Tickets.instant(state().until);
    }

    private static String monthOf(Instant start) {
        return YearMonth.from(start.atOffset(ZoneOffset.UTC)).toString();
    }

    private static String partition(String month) {
        return "finding#" + month;
    }

    /** The latest start first. */
    private static String startText(Instant start) {
        return String.format(Locale.ROOT, "%019d", Long.MAX_VALUE - Tickets.micros(start));
    }

    private static String sort(Finding.Key key) {
        return startText(key.start()) + "#" + key.series() + "#" + key.rule() + "#";
    }

    void keep(Verdict verdict, Instant until, Instant at) {
        Verdict storable = FindingChanges.storable(verdict);
        Backoff backoff = new Backoff();
        while (!tryKeep(storable, Tickets.micros(until), at)) {
            backoff.await();
        }
    }

    private boolean tryKeep(Verdict verdict, long until, Instant at) {
        State state = state();
        View view = View.of(revisions, Head.read(table), null);
        Set<Finding.Key> keys = new HashSet<>(verdict.resolved());
        verdict.found().forEach(finding -> keys.add(finding.key()));
        List<StoredFinding> changed = FindingChanges.of(verdict, known(keys, view), state.last, at);
        if (changed.isEmpty()) {
            return table.transact(List.of(write(state, state.last, until)));
        }
        String ticket = Tickets.draw(clock);
        List<Item> items = new ArrayList<>();
        Set<String> months = new HashSet<>();
        for (StoredFinding one : changed) {
            Finding.Key key = one.finding().key();
            String month = monthOf(key.start());
            months.add(month);
            Key where = new Key(partition(month), sort(key) + ticket);
            items.add(Item.of(where).with(BYTES, FindingBytes.of(one)));
            items.add(Item.of(new Key(changes(one.number() >>> BUCKET_BITS), changeSort(one.number()) + "#" + ticket))
                    .with(WHERE, month + "#" + sort(key)));
        }
        months.forEach(month -> items.add(Item.of(new Key(MONTHS, month))));
        table.putAll(items);
        long last = changed.getLast().number();
        if (commits.commit(ticket, number -> List.of(write(state, last, until)), clock)) {
            return true;
        }
        table.deleteAll(items.stream()
                .map(Item::key)
                .filter(key -> !key.partition().equals(MONTHS))
                .toList());
        return false;
    }

    private static String changes(long bucket) {
        return "finding-change#" + bucket;
    }

    private static String changeSort(long number) {
        return String.format(Locale.ROOT, "%012d", number);
    }

    /** What is stored under keys. */
    private Map<Finding.Key, StoredFinding> known(Collection<Finding.Key> keys, View view) {
        Map<Finding.Key, StoredFinding> known = new HashMap<>();
        List<List<Item>> versions = table.each(List.copyOf(keys), key -> {
            try (Stream<Item> all = table.beginning(partition(monthOf(key.start())), sort(key))) {
                return all.toList();
            }
        });
        latest(versions.stream().flatMap(List::stream).toList(), view)
                .forEach(one -> known.put(one.finding().key(), one));
        return known;
    }

    private static String ticketOf(Item version) {
        String sort = version.key().sort();
        return sort.substring(sort.lastIndexOf('#') + 1);
    }

    /** Of versions that were committed the latest of each key. */
    private static Collection<StoredFinding> latest(List<Item> versions, View view) {
        Set<String> tickets = new HashSet<>();
        versions.forEach(version -> tickets.add(ticketOf(version)));
        Map<String, Revision> committed = view.resolve(tickets);
        Map<Finding.Key, StoredFinding> latest = new HashMap<>();
        for (Item version : versions) {
            if (committed.containsKey(ticketOf(version))) {
                StoredFinding one = FindingBytes.read(version.requiredBytes(BYTES));
                latest.merge(one.finding().key(), one, (a, b) -> a.number() > b.number() ? a : b);
            }
        }
        return latest.values();
    }

    /** Those that no withdrawn delivery brought. */
    private List<StoredFinding> shown(Collection<StoredFinding> all) {
        Set<Long> deliveries = new HashSet<>();
        all.forEach(one -> deliveries.add(one.finding().delivery()));
        deliveries.remove(0L);
        Map<Long, Files.Entry> entries = deliveries.isEmpty() ? Map.of() : files.byIds(deliveries);
        return all.stream()
                .filter(one -> Optional.ofNullable(entries.get(one.finding().delivery()))
                        .map(Files.Entry::taken)
                        .orElse(true))
                .toList();
    }

    List<StoredFinding> findings(FindingSearch search) {
        Finding.@Nullable Key after = search.after();
        List<StoredFinding> found = new ArrayList<>();
        for (String month : months(search)) {
            List<StoredFinding> ofMonth = matching(month, search).stream()
                    .filter(one -> after == null || isBehind(one, after))
                    .sorted(LIST)
                    .toList();
            found.addAll(ofMonth.subList(0, (int) Math.min(ofMonth.size(), search.limit() - found.size())));
            if (found.size() >= search.limit()) {
                break;
            }
        }
        return found;
    }

    private static boolean isBehind(StoredFinding one, Finding.Key after) {
        Finding.Key key = one.finding().key();
        int byStart = after.start().compareTo(key.start());
        int bySeries = key.series().toString().compareTo(after.series().toString());
        int byRule = key.rule().name().compareTo(after.rule().name());
        return byStart != 0 ? byStart > 0 : bySeries != 0 ? bySeries > 0 : byRule > 0;
    }

    /** Months in which anything starts that may be asked for, the last first. */
    private List<String> months(FindingSearch search) {
        @Nullable Instant to = search.to();
        Finding.@Nullable Key after = search.after();
        try (Stream<Item> all = table.beginning(MONTHS, "")) {
            return all.map(item -> item.key().sort())
                    .filter(month -> to == null || month.compareTo(monthOf(to)) <= 0)
                    .filter(month -> after == null || month.compareTo(monthOf(after.start())) <= 0)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private List<StoredFinding> matching(String month, FindingSearch search) {
        SeriesScope scope = SeriesScope.of(search.prefix());
        @Nullable Instant from = search.from();
        @Nullable Instant to = search.to();
        View view = View.of(revisions, Head.read(table), null);
        List<Item> versions;
        try (Stream<Item> all = table.beginning(partition(month), "")) {
            versions = all.toList();
        }
        return shown(latest(versions, view).stream()
                .filter(one -> scope.includes(one.finding().series()))
                .filter(one -> search.rule() == null || one.finding().rule() == search.rule())
                .filter(one -> from == null || one.finding().interval().end().isAfter(from))
                .filter(one -> to == null || one.finding().interval().start().isBefore(to))
                .filter(one -> search.open() == null || search.open() == (one.resolvedAt() == null))
                .toList());
    }

    List<FindingCount> counts(FindingSearch search) {
        record Row(String thing, RuleName rule) {}
        Map<Row, FindingCount> counts =
                new TreeMap<>(Comparator.comparing(Row::thing).thenComparing(row -> row.rule.name()));
        FindingSearch all = search.unpaged();
        for (String month : months(all)) {
            for (StoredFinding one : matching(month, all)) {
                String name = ThingState.nameOf(one.finding().series());
                String thing = name.substring(0, name.length() - 1);
                RuleName rule = one.finding().rule();
                counts.merge(
                        new Row(thing, rule),
                        new FindingCount(thing, rule, 1, one.resolvedAt() == null ? 1 : 0),
                        (a, b) -> new FindingCount(thing, rule, a.count() + b.count(), a.open() + b.open()));
            }
        }
        return List.copyOf(counts.values());
    }

    List<StoredFinding> changedAfter(long number, int limit) {
        State state = state();
        View view = View.of(revisions, Head.read(table), null);
        List<StoredFinding> changed = new ArrayList<>();
        List<Item> some = new ArrayList<>();
        try (Stream<Item> all = changes(number + 1, state.last)) {
            Iterator<Item> each = all.iterator();
            while (each.hasNext() && changed.size() < limit) {
                some.add(each.next());
                if (some.size() >= limit || !each.hasNext()) {
                    changed.addAll(current(some, view));
                    some.clear();
                }
            }
        }
        return List.copyOf(changed.subList(0, Math.min(limit, changed.size())));
    }

    private Stream<Item> changes(long from, long to) {
        return LongStream.rangeClosed(from >>> BUCKET_BITS, to >>> BUCKET_BITS)
                .boxed()
                .flatMap(bucket -> table.between(changes(bucket), changeSort(from), changeSort(to) + "~"));
    }

    /** Of some changes those that are the latest of their findings, by their numbers. */
    private List<StoredFinding> current(List<Item> changes, View view) {
        Set<Long> numbers = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (Item change : changes) {
            numbers.add(
                    Long.valueOf(change.key().sort().substring(0, changeSort(0).length())));
            places.add(change.requiredText(WHERE));
        }
        List<List<Item>> versions = table.each(List.copyOf(places), place -> {
            int month = place.indexOf('#');
            try (Stream<Item> all = table.beginning(partition(place.substring(0, month)), place.substring(month + 1))) {
                return all.toList();
            }
        });
        return shown(latest(versions.stream().flatMap(List::stream).toList(), view)).stream()
                .filter(one -> numbers.contains(one.number()))
                .sorted(Comparator.comparingLong(StoredFinding::number))
                .toList();
    }
}
