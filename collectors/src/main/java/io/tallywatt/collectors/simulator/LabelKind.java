package io.tallywatt.collectors.simulator;

import java.util.Locale;

/** What is wrong with what a label names. The names in labels are these in lower case. */
public enum LabelKind {
    /** Less than nothing. */
    NEGATIVE,
    /** Many times the usual of its time of day. */
    SPIKE,
    /** The same value again and again. The label covers the whole run, from its first value, which is true, to its last. */
    STUCK,
    /** No value: its record was not sent, or has null in its place. */
    MISSING,
    /** A true value in a file that came an hour or more after its interval; live feeds only. */
    LATE,
    /** The same record again in another file. */
    DUPLICATE,
    /** The record again in another file with another value. */
    CONFLICT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
