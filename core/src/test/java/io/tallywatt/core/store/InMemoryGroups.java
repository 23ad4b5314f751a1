package io.tallywatt.core.store;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Groups in memory. */
public final class InMemoryGroups implements Groups {
    private final TreeMap<String, MeterGroup> groups = new TreeMap<>();

    @Override
    public synchronized List<MeterGroup.Entry> list(String after, int limit) {
        return groups.tailMap(after, false).values().stream()
                .limit(limit)
                .map(MeterGroup::entry)
                .toList();
    }

    @Override
    public synchronized Optional<MeterGroup> find(String key) {
        return Optional.ofNullable(groups.get(key));
    }

    @Override
    public synchronized boolean put(MeterGroup group) {
        return groups.put(group.key(), group) == null;
    }

    @Override
    public synchronized boolean remove(String key) {
        return groups.remove(key) != null;
    }
}
