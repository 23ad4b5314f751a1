package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies in the table under a ticket. Where a draft has to be weighed again, only what differs is written again, and what is not
 * wanted any more is deleted before the ticket can be committed.
 */
final class Written {
    private final Table table;
    /** Items by key, as the hash of their attributes. */
    private final Map<Key, Integer> there = new HashMap<>();

    private final Map<Key, Integer> wanted = new HashMap<>();
    /** Whether it may count by now. */
    private boolean sealed;

    Written(Table table) {
        this.table = table;
    }

    /** Begins the next draft. */
    void begin() {
        wanted.clear();
    }

    void put(Collection<Item> items) {
        List<Item> differing = new ArrayList<>();
        for (Item item : items) {
            int hash = item.attributes().hashCode();
            wanted.put(item.key(), hash);
            Integer before = there.get(item.key());
            if (before == null || before != hash) {
                differing.add(item);
                there.put(item.key(), hash);
            }
        }
        table.putAll(differing);
    }

    private void delete(Collection<Key> keys) {
        table.deleteAll(keys);
        keys.forEach(there::remove);
    }

    /** Deletes what an earlier draft wanted and this one does not. */
    void settle() {
        List<Key> left =
                there.keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
        delete(left);
    }

    /** From now on the ticket may be committed, even if the one who commits it never hears of it. */
    void seal() {
        sealed = true;
    }

    /** The ticket was not committed, for certain. */
    void unseal() {
        sealed = false;
    }

    /** Deletes everything, unless it may count. */
    void discard() {
        if (!sealed) {
            delete(List.copyOf(there.keySet()));
        }
    }
}
