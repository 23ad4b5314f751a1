package io.tallywatt.core.alert;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps all in memory. Any thread may use it. */
public final class InMemoryAlertLog implements AlertLog {
    private final Map<String, State> states = new HashMap<>();

    public InMemoryAlertLog() {}

    /** What another one keeps now. */
    public InMemoryAlertLog(InMemoryAlertLog other) {
        synchronized (other) {
            states.putAll(other.states);
        }
    }

    @Override
    public synchronized State state(String notifier) {
        return states.getOrDefault(notifier, State.NEW);
    }

    @Override
    public synchronized void keep(String notifier, long position, List<Instant> sent, List<Group> changed) {
        Map<AlertGroup.Key, Group> groups = new LinkedHashMap<>();
        state(notifier).groups().forEach(group -> groups.put(new AlertGroup.Key(group.series(), group.rule()), group));
        changed.forEach(group -> groups.put(new AlertGroup.Key(group.series(), group.rule()), group));
        states.put(notifier, new State(position, List.copyOf(sent), List.copyOf(groups.values())));
    }
}
