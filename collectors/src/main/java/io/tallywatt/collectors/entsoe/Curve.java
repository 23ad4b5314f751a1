package io.tallywatt.collectors.entsoe;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values over time, each over an interval of its own (epoch seconds); there may be gaps. */
final class Curve {
    /** @param line of the document on which it was given */
    record Value(long end, BigDecimal value, long line) {}

    /** What two curves say of an interval; null where one says nothing. */
    interface Both {
        void at(long start, long end, @Nullable Value one, @Nullable Value other);
    }

    /** A month of minutes, some times over. */
    static final int MOST_STEPS = 400_000;

    private final TreeMap<Long, Value> byStart = new TreeMap<>();
    private int left = MOST_STEPS;

    /** How many more steps may be laid on it. */
    int left() {
        return left;
    }

    /** Takes note of steps that are to be laid, or were looked at in vain: work is bounded, whatever a document says. */
    void spend(int steps) {
        left -= steps;
    }

    Map<Long, Value> values() {
        return byStart;
    }

    /**
     * Lays a value over what is there. What it overlaps goes, all of it: a mean over an hour is not that of what is left of
     * the hour.
     *
     * @return whether something went that says something else
     */
    boolean put(long start, long end, BigDecimal value, long line) {
        boolean differs = false;
        for (Map.@Nullable Entry<Long, Value> before = byStart.lowerEntry(end);
                before != null && before.getValue().end() > start;
                before = byStart.lowerEntry(end)) {
            Value other = before.getValue();
            differs |= before.getKey() != start
                    || other.end() != end
                    || other.value().compareTo(value) != 0;
            byStart.remove(before.getKey());
        }
        byStart.put(start, new Value(end, value, line));
        return differs;
    }

    /** Goes through both in the intervals between all their bounds, where at least one says something. */
    static void both(Curve one, Curve other, Both seen) {
        TreeSet<Long> bounds = new TreeSet<>();
        for (Curve curve : new Curve[] {one, other}) {
            curve.byStart.forEach((start, value) -> {
                bounds.add(start);
                bounds.add(value.end());
            });
        }
        @Nullable Long from = null;
        for (Long to : bounds) {
            if (from != null) {
                @Nullable Value ofOne = one.at(from);
                @Nullable Value ofOther = other.at(from);
                if (ofOne != null || ofOther != null) {
                    seen.at(from, to, ofOne, ofOther);
                }
            }
            from = to;
        }
    }

    private @Nullable Value at(long second) {
        Map.@Nullable Entry<Long, Value> before = byStart.floorEntry(second);
        return before == null || before.getValue().end() <= second ? null : before.getValue();
    }
}
