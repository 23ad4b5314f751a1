package io.tallywatt.aws.store;

import io.tallywatt.aws.table.Item;
import io.tallywatt.aws.table.Key;
import io.tallywatt.aws.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets were committed, and as what. What a committed ticket came to never changes but for its ending, so it is remembered until
 * anything was ended since; of one that is not committed nothing is.
 */
final class Revisions {
    private static final int REMEMBERED = 100_000;

    /** @param asOf the head when it was read */
    private record Known(Revision revision, long asOf) {}

    private final Table table;

    private final Map<String, Known> known = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    Revisions(Table table) {
        this.table = table;
    }

    /** Those of the tickets that were committed by a head. */
    Map<String, Revision> resolve(Collection<String> tickets, Head head) {
        Map<String, Revision> found = new HashMap<>();
        List<Key> asked = new ArrayList<>();
        for (String ticket : tickets) {
            @Nullable Revision revision = remembered(ticket, head);
            if (revision == null) {
                asked.add(Revision.key(ticket));
            } else {
                found.put(ticket, revision);
            }
        }
        if (!asked.isEmpty()) {
            for (Item item : table.getAll(asked).values()) {
                Revision revision = Revision.of(item);
                remember(revision, head);
                found.put(revision.ticket(), revision);
            }
        }
        found.values().removeIf(revision -> revision.number() > head.revision());
        return found;
    }

    private synchronized @Nullable Revision remembered(String ticket, Head head) {
        Known one = known.get(ticket);
        if (one == null) {
            return null;
        }
        boolean settled = one.revision.ended() != Revision.NEVER || one.asOf >= head.ending();
        return settled ? one.revision : null;
    }

    private synchronized void remember(Revision revision, Head head) {
        known.put(revision.ticket(), new Known(revision, head.revision()));
    }
}
