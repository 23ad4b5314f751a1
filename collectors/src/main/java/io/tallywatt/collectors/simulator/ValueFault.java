package io.tallywatt.collectors.simulator;

/** What goes wrong with one value of a record. */
sealed interface ValueFault {
    /** Another value is sent in its place. */
    record Wrong(LabelKind kind, long wh) implements ValueFault {}

    /** One of a run of intervals, [first, end), that have the value of the first. */
    record Stuck(long first, long end, long wh) implements ValueFault {}

    /** Null is sent in its place. */
    record Absent() implements ValueFault {}
}
