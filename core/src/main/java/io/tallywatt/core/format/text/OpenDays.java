package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.BlockBatch;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days that rows are being gathered for, and those ready to be handed out. Bounded, so that memory stays flat however
 * rows are mixed: when there are too many, the oldest is handed out, and a later row of it opens it anew.
 */
final class OpenDays {
    /** 20,000 days of half-hours. */
    private static final int MOST_INTERVALS = 20_000 * 48;

    private final LinkedHashMap<Long, OpenDay> open = new LinkedHashMap<>();
    private final ArrayDeque<OpenDay> ready = new ArrayDeque<>();
    private @Nullable OpenDay last;
    private long weight;

    @Nullable
    OpenDay find(int series, int day) {
        OpenDay recent = last;
        if (recent != null && recent.series == series && recent.day == day) {
            return recent;
        }
        @Nullable OpenDay found = open.get(OpenDay.key(series, day));
        if (found != null) {
            last = found;
        }
        return found;
    }

    void add(OpenDay opened) {
        open.put(opened.key(), opened);
        weight += opened.weight();
        last = opened;
        makeRoom();
    }

    /** To be said when an open day took more memory. */
    void grew(int by) {
        weight += by;
        makeRoom();
    }

    private void makeRoom() {
        while (weight > MOST_INTERVALS && open.size() > 1) {
            Map.Entry<Long, OpenDay> oldest = open.firstEntry();
            open.remove(oldest.getKey());
            weight -= oldest.getValue().weight();
            ready.add(oldest.getValue());
            last = last != null && last.key() == oldest.getKey() ? null : last;
        }
    }

    /** Hands out an open day, so that it can be opened anew in another way. */
    void close(OpenDay day) {
        open.remove(day.key());
        weight -= day.weight();
        ready.add(day);
        last = null;
    }

    /** Hands a day out before all that are open now. */
    void handOut(OpenDay day) {
        ready.add(day);
    }

    /** Moves what is ready into the batch; false if it is full before all is. */
    boolean flush(BlockBatch batch) {
        while (!ready.isEmpty()) {
            if (batch.isFull()) {
                return false;
            }
            ready.remove().handOut(batch);
        }
        return true;
    }

    /** Moves everything into the batch; false if it is full before all is. */
    boolean drain(BlockBatch batch) {
        while (flush(batch)) {
            Map.@Nullable Entry<Long, OpenDay> oldest = open.pollFirstEntry();
            last = null;
            if (oldest == null) {
                weight = 0;
                return true;
            }
            ready.add(oldest.getValue());
        }
        return false;
    }
}
