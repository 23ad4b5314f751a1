package io.tallywatt.core.validate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A reading that is judged, and all that rules may ask about it. */
final class Arrival {
    final SeriesMemory memory;
    final JudgeSettings settings;
    /** Epoch seconds. */
    final long start;
    /** Epoch seconds. */
    final long end;
    /** The value at nine decimals. */
    final long units;

    final long delivery;
    private final BigDecimal value;
    private final Placed placed;
    private int marks;
    private @Nullable SameTime sameTime;

    /** @param marks its quality, and whether its value was clipped */
    Arrival(
            SeriesMemory memory,
            JudgeSettings settings,
            long start,
            long end,
            BigDecimal value,
            long units,
            int marks,
            long delivery,
            Placed placed) {
        this.memory = memory;
        this.settings = settings;
        this.start = start;
        this.end = end;
        this.value = value;
        this.units = units;
        this.marks = marks;
        this.delivery = delivery;
        this.placed = placed;
    }

    /** The value with the digits that it was given with. */
    BigDecimal value() {
        return value;
    }

    long seconds() {
        return end - start;
    }

    Placed.Kind kind() {
        return placed.kind();
    }

    /** Its place in the memory; only where it is remembered. */
    int index() {
        return placed.index();
    }

    /** Whether it says something new of an interval that is remembered: only then can it be compared with others. */
    boolean isNews() {
        return placed.kind() == Placed.Kind.NEW || placed.kind() == Placed.Kind.AGAIN;
    }

    /** The readings whose place it took. */
    List<Past> superseded() {
        return placed.superseded();
    }

    boolean has(int mark) {
        return (marks & mark) != 0;
    }

    int marks() {
        return marks;
    }

    void mark(int mark) {
        marks |= mark;
        if (placed.index() >= 0) {
            memory.readings().mark(placed.index(), mark);
        }
    }

    /** {@code 45.2 kWh in 5 min}. */
    String seen() {
        return Words.reading(value, memory.quantity(), seconds());
    }

    SameTime sameTime() {
        if (sameTime == null) {
            sameTime = new SameTime(memory, index());
        }
        return Objects.requireNonNull(sameTime);
    }

    /**
     * Says that what a rule found of the readings whose place this one took no longer holds.
     *
     * @param mark that the rule leaves on what it finds wrong
     * @param perhaps of those remembered as they stood: whether the rule may have found them wrong
     */
    void resolveSuperseded(Said said, RuleName rule, int mark, Predicate<Past> perhaps) {
        for (Past past : superseded()) {
            if (past.has(mark) || past.has(Marks.PRELOADED) && perhaps.test(past)) {
                said.resolved(rule, past.start());
            }
        }
    }
}
