package io.tallywatt.core.alert;

import io.tallywatt.core.alert.AlertLog.Group;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one notifier was told of the findings of one series and rule, and is still to be told. */
final class AlertGroup {
    /** Findings remembered as told, and as waiting: the latest. More than a live feed of five minutes gives in three days. */
    static final int REMEMBERED = 1000;

    /** What a group is known by. */
    record Key(Series series, RuleName rule) {}

    private final Key key;
    private final NavigableSet<Instant> told;
    private final NavigableSet<Instant> waiting;
    private @Nullable Instant foundAt;
    private boolean open;
    private Severity severity;
    private boolean changed;
    private boolean toCheck;
    private boolean over;

    AlertGroup(Key key) {
        this(new Group(key.series(), key.rule(), null, false, Severity.INFO, List.of(), List.of()));
    }

    /** As it was kept. Whether what was told of holds still is to be looked up: it was not kept. */
    AlertGroup(Group kept) {
        key = new Key(kept.series(), kept.rule());
        told = new TreeSet<>(kept.told());
        waiting = new TreeSet<>(kept.waiting());
        foundAt = kept.foundAt();
        open = kept.open();
        severity = kept.severity();
        toCheck = open;
    }

    Group kept() {
        return new Group(key.series(), key.rule(), foundAt, open, severity, List.copyOf(told), List.copyOf(waiting));
    }

    /**
     * Learns how a finding stands.
     *
     * @param holds whether it is there, and matters enough
     * @param news whether it is worth telling if it was not told yet
     */
    void learn(StoredFinding stored, boolean holds, boolean news) {
        Instant start = stored.finding().interval().start();
        if (!holds) {
            if (waiting.remove(start)) {
                settle();
            }
            if (open) {
                toCheck |= wasTold(start);
            } else {
                changed |= told.remove(start);
            }
        } else if (wasTold(start)) {
            over = false;
        } else if (waiting.contains(start) || news) {
            add(start, stored.finding().severity());
        }
    }

    private void add(Instant start, Severity of) {
        changed |= waiting.add(start);
        if (waiting.size() > REMEMBERED) {
            waiting.pollFirst();
        }
        if (of.compareTo(severity) > 0) {
            severity = of;
            changed = true;
        }
    }

    private boolean wasTold(Instant start) {
        // One that starts before all that are remembered may be one of those forgotten: no reason to tell it twice.
        return told.contains(start) || (told.size() == REMEMBERED && start.isBefore(told.first()));
    }

    private void settle() {
        changed = true;
        if (waiting.isEmpty()) {
            severity = Severity.INFO;
        }
    }

    /** Of what waits, no more than this holds. A withdrawn delivery takes its findings away without a word. */
    void holding(List<Instant> starts) {
        if (waiting.retainAll(Set.copyOf(starts))) {
            settle();
        }
    }

    /** What waits was told, or given up for good. */
    void wasFound(Instant now, boolean arrived) {
        told.addAll(waiting);
        while (told.size() > REMEMBERED) {
            told.pollFirst();
        }
        waiting.clear();
        settle();
        foundAt = now;
        open |= arrived;
        toCheck = open;
        over = false;
    }

    /** It was told that all is over, or that was given up. */
    void wasResolved() {
        told.clear();
        open = false;
        toCheck = false;
        over = false;
        changed = true;
    }

    /** What was told of has been looked up. */
    void checked(boolean nothingHolds) {
        toCheck = false;
        over = nothingHolds;
    }

    /** Whether what was told of holds is to be looked up again. */
    void checkAgain() {
        toCheck = open;
    }

    /** The clock was set back: what was told was told by now. */
    void notAfter(Instant now) {
        if (foundAt != null && foundAt.isAfter(now)) {
            foundAt = now;
            changed = true;
        }
    }

    void wasKept() {
        changed = false;
    }

    Key key() {
        return key;
    }

    @Nullable
    Instant foundAt() {
        return foundAt;
    }

    Severity severity() {
        return severity;
    }

    NavigableSet<Instant> told() {
        return told;
    }

    NavigableSet<Instant> waiting() {
        return waiting;
    }

    boolean changed() {
        return changed;
    }

    /** Whether it is to be looked up if what was told of holds. */
    boolean toCheck() {
        return toCheck;
    }

    /** Whether the end is to be told. While something waits, there is none. */
    boolean resolved() {
        return open && over && waiting.isEmpty();
    }
}
