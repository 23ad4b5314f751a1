package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Backoff;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far alerting has come: per notifier one item, and one for each group. More groups than a transaction takes are written beside
 * first; from when the notifier's item names them they count, and then they are put in their places.
 */
final class Alerts implements AlertLog {
    private static final int LARGEST = 300_000;
    private static final String STATE = "state";
    private static final String GROUP = "g#";
    private static final String BESIDE = "beside#";
    private static final String BYTES = "v";
    private static final String NAMED = "b";

    private final Table table;
    private final Clock clock;

    Alerts(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    private static String partition(String notifier) {
        return "alert#" + notifier;
    }

    private static Key key(String notifier, Group group) {
        return new Key(partition(notifier), GROUP + group.series() + "#" + group.rule());
    }

    /** What lies there of a notifier. */
    private record Lying(@Nullable Item state, Map<String, Item> groups, Map<String, List<Item>> beside) {
        @Nullable
        String named() {
            return state == null ? null : state.text(NAMED);
        }

        List<Item> besideNamed() {
            @Nullable String named = named();
            return named == null ? List.of() : beside.getOrDefault(named, List.of());
        }
    }

    private Lying lying(String notifier) {
        @Nullable Item state = null;
        Map<String, Item> groups = new HashMap<>();
        Map<String, List<Item>> beside = new HashMap<>();
        try (Stream<Item> all = table.beginning(partition(notifier), "")) {
            for (Item item : all.toList()) {
                String sort = item.key().sort();
                if (sort.equals(STATE)) {
                    state = item;
                } else if (sort.startsWith(GROUP)) {
                    groups.put(sort, item);
                } else {
                    String ticket = sort.substring(BESIDE.length(), sort.lastIndexOf('#'));
                    beside.computeIfAbsent(ticket, t -> new ArrayList<>()).add(item);
                }
            }
        }
        return new Lying(state, groups, beside);
    }

    @Override
    public State state(String notifier) {
        Lying lying = lying(notifier);
        if (lying.state == null) {
            return State.NEW;
        }
        Map<Key, Group> groups = new HashMap<>();
        lying.groups.values().forEach(item -> groups.put(item.key(), group(ByteReader.of(item.requiredBytes(BYTES)))));
        groups(lying.besideNamed()).forEach(group -> groups.put(key(notifier, group), group));
        ByteReader from = ByteReader.of(lying.state.requiredBytes(BYTES));
        long position = from.unsigned();
        return new State(position, instants(from), List.copyOf(groups.values()));
    }

    private static List<Group> groups(List<Item> items) {
        List<Group> groups = new ArrayList<>();
        for (Item item : items) {
            ByteReader from = ByteReader.of(item.requiredBytes(BYTES));
            while (from.more()) {
                groups.add(group(from));
            }
        }
        return groups;
    }

    @Override
    public void keep(String notifier, long position, List<Instant> sent, List<Group> changed) {
        Lying before = lying(notifier);
        putInPlace(notifier, groups(before.besideNamed()));
        ByteWriter to = new ByteWriter();
        to.unsigned(position);
        instants(sent, to);
        Item state = Item.of(new Key(partition(notifier), STATE)).with(BYTES, to.packed(300));
        if (changed.size() < Table.TRANSACTION) {
            List<Table.Write> writes = new ArrayList<>();
            writes.add(new Table.Write(state, null));
            changed.forEach(group -> writes.add(new Table.Write(item(notifier, group), null)));
            commit(writes);
        } else {
            String ticket = Tickets.draw(clock);
            table.putAll(beside(notifier, ticket, changed));
            table.put(state.with(NAMED, ticket));
            putInPlace(notifier, changed);
            table.put(state);
        }
        clear(notifier);
    }

    private void commit(List<Table.Write> writes) {
        Backoff backoff = new Backoff();
        while (!table.transact(writes)) {
            backoff.await();
        }
    }

    private void putInPlace(String notifier, List<Group> groups) {
        table.putAll(groups.stream().map(group -> item(notifier, group)).toList());
    }

    /** Deletes what lies beside and is named no more. */
    private void clear(String notifier) {
        try (Stream<Item> beside = table.beginning(partition(notifier), BESIDE)) {
            table.deleteAll(beside.map(Item::key).toList());
        }
    }

    private static List<Item> beside(String notifier, String ticket, List<Group> groups) {
        List<Item> items = new ArrayList<>();
        ByteWriter to = new ByteWriter();
        for (Group group : groups) {
            write(group, to);
            if (to.size() > LARGEST) {
                items.add(beside(notifier, ticket, items.size(), to));
                to = new ByteWriter();
            }
        }
        if (to.size() > 0) {
            items.add(beside(notifier, ticket, items.size(), to));
        }
        return items;
    }

    private static Item beside(String notifier, String ticket, int count, ByteWriter bytes) {
        return Item.of(new Key(partition(notifier), BESIDE + ticket + "#" + Tickets.padded(count, 4)))
                .with(BYTES, bytes.packed(300));
    }

    private static Item item(String notifier, Group group) {
        ByteWriter to = new ByteWriter();
        write(group, to);
        return Item.of(key(notifier, group)).with(BYTES, to.packed(300));
    }

    private static void write(Group group, ByteWriter to) {
        to.text(group.series().toString()).text(group.rule().name());
        @Nullable Instant foundAt = group.foundAt();
        to.octet((foundAt == null ? 0 : 1) | (group.open() ? 2 : 0));
        if (foundAt != null) {
            to.signed(Tickets.micros(foundAt));
        }
        to.text(group.severity().name());
        instants(group.told(), to);
        instants(group.waiting(), to);
    }

    private static Group group(ByteReader from) {
        Series series = Series.parse(from.text());
        RuleName rule = RuleName.valueOf(from.text());
        int flags = from.octet();
        return new Group(
                series,
                rule,
                (flags & 1) == 0 ? null : Tickets.instant(from.signed()),
                (flags & 2) != 0,
                Severity.valueOf(from.text()),
                instants(from),
                instants(from));
    }

    /** Ascending ones lie close to each other. */
    private static void instants(List<Instant> instants, ByteWriter to) {
        to.unsigned(instants.size());
        long before = 0;
        for (Instant instant : instants) {
            long micros = Tickets.micros(instant);
            to.signed(micros - before);
            before = micros;
        }
    }

    private static List<Instant> instants(ByteReader from) {
        List<Instant> instants = new ArrayList<>();
        long micros = 0;
        for (int n = from.count(); n > 0; n--) {
            micros += from.signed();
            instants.add(Tickets.instant(micros));
        }
        return instants;
    }
}
