package io.tallywatt.core.store;

import java.util.List;
import java.util.Optional;

/**
 * Where groups of meters are kept, as they are now. Changing one is no delivery: no reading changes by it, {@link Ledger#changedAt()}
 * stays, and a question as of an instant of before is answered for the meters that are in the group now.
 */
public interface Groups {
    /**
     * Groups by key, in the order of its characters.
     *
     * @param after only those after this key, empty for all
     * @param limit at most so many
     */
    List<MeterGroup.Entry> list(String after, int limit);

    Optional<MeterGroup> find(String key);

    /**
     * Keeps a group whole, in place of one of the same key.
     *
     * @return whether there was none
     */
    boolean put(MeterGroup group);

    /** Forgets a group, not its meters; false if there is none. */
    boolean remove(String key);
}
