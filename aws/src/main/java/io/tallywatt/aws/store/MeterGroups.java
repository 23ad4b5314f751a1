package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Condition;
import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.MeterGroup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Groups of meters: an item for each, by its key, and its meters beside it, in as many items as they need. Those are written first,
 * under a ticket of their own; from when the group's item names the ticket they count.
 */
final class MeterGroups implements Groups {
    private static final int LARGEST = 300_000;
    /** Somebody else changes the same group at the same time. */
    private static final int TRIES = 20;

    private static final String PARTITION = "group";
    private static final String NAME = "n";
    private static final String COUNT = "c";
    private static final String TICKET = "t";
    private static final String PARTS = "i";
    private static final String METERS = "v";

    private final Table table;
    private final Clock clock;

    MeterGroups(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    private static Key key(String group) {
        return new Key(PARTITION, group);
    }

    private static String besides(String group) {
        return PARTITION + "#" + group;
    }

    @Override
    public List<MeterGroup.Entry> list(String after, int limit) {
        // A sort key is not empty, and no key of a group begins with a blank.
        try (Stream<Item> items = table.between(PARTITION, after.isEmpty() ? " " : after + " ", "~", true, limit)) {
            return items.limit(limit)
                    .map(item -> new MeterGroup.Entry(
                            item.key().sort(), item.requiredText(NAME), (int) item.requiredNumber(COUNT)))
                    .toList();
        }
    }

    @Override
    public Optional<MeterGroup> find(String key) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Item> item = table.get(key(key));
            if (item.isEmpty()) {
                return Optional.empty();
            }
            @Nullable List<Series> meters = meters(item.get());
            if (meters != null) {
                return Optional.of(new MeterGroup(key, item.get().requiredText(NAME), meters));
            }
        }
        throw busy(key);
    }

    /** Null if they were replaced meanwhile. */
    private @Nullable List<Series> meters(Item item) {
        List<Series> meters = new ArrayList<>();
        long parts = 0;
        try (Stream<Item> all = table.beginning(besides(item.key().sort()), item.requiredText(TICKET) + "#")) {
            for (Item part : all.toList()) {
                ByteReader from = ByteReader.of(part.requiredBytes(METERS));
                while (from.more()) {
                    meters.add(Series.meterConsumption(from.text()));
                }
                parts++;
            }
        }
        return parts == item.requiredNumber(PARTS) ? meters : null;
    }

    @Override
    public boolean put(MeterGroup group) {
        String ticket = Tickets.draw(clock);
        List<Item> parts = parts(group, ticket);
        table.putAll(parts);
        Item item = Item.of(key(group.key()))
                .with(NAME, group.name())
                .with(COUNT, group.meters().size())
                .with(TICKET, ticket)
                .with(PARTS, parts.size());
        for (int i = 0; i < TRIES; i++) {
            Optional<Item> before = table.get(key(group.key()));
            if (before.isEmpty()) {
                if (table.putIfAbsent(item)) {
                    return true;
                }
                continue;
            }
            String replaced = before.get().requiredText(TICKET);
            if (replaced.equals(ticket)) {
                // It was put, and only the answer got lost.
                return false;
            }
            if (table.putIf(item, Condition.is(TICKET, replaced))) {
                delete(group.key(), replaced);
                return false;
            }
        }
        throw busy(group.key());
    }

    private static List<Item> parts(MeterGroup group, String ticket) {
        List<Item> parts = new ArrayList<>();
        ByteWriter to = new ByteWriter();
        for (Series meter : group.meters()) {
            to.text(meter.key());
            if (to.size() >= LARGEST) {
                parts.add(part(group.key(), ticket, parts.size(), to));
                to = new ByteWriter();
            }
        }
        if (to.size() > 0) {
            parts.add(part(group.key(), ticket, parts.size(), to));
        }
        return parts;
    }

    private static Item part(String group, String ticket, int number, ByteWriter meters) {
        return Item.of(new Key(besides(group), ticket + "#" + Tickets.padded(number, 4)))
                .with(METERS, meters.packed(300));
    }

    @Override
    public boolean remove(String key) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Item> before = table.get(key(key));
            if (before.isEmpty()) {
                return false;
            }
            String removed = before.get().requiredText(TICKET);
            if (table.deleteIf(key(key), Condition.is(TICKET, removed))) {
                delete(key, removed);
                return true;
            }
        }
        throw busy(key);
    }

    private void delete(String group, String ticket) {
        try (Stream<Item> parts = table.beginning(besides(group), ticket + "#")) {
            table.deleteAll(parts.map(Item::key).toList());
        }
    }

    private static IllegalStateException busy(String group) {
        return new IllegalStateException("Group " + group + " is being changed by others all the time");
    }
}
