package io.tallywatt.core.validate;

/** What can be wrong. The names are part of stores, answers and alerts: append only. */
public enum RuleName {
    /** Negative energy of something that only runs one way. */
    NEGATIVE,
    /** More energy than the thing can make or use. */
    IMPLAUSIBLE,
    /** Far from what is usual at this time on such a day. */
    SPIKE,
    /** The same value again and again, where it usually varies. */
    STUCK,
    /** Readings are missing between others. */
    GAP,
    /** A reading of a live feed that came long after its interval. */
    LATE,
    /** A difference across a register that began anew. */
    REGISTER_RESET,
    /** The same interval given again with another value. */
    CONFLICT,
    /** What should have come by now did not. */
    OVERDUE,
    /** Two sources agree on how much flows over a border, and not on which way. */
    SOURCE_SIGN,
    /** One source says what another said some time before. */
    SOURCE_LAG,
    /** More flows than a cable, or all cables of a border, can carry. */
    OVER_CAPACITY,
    /** One source has values of a border where another, that covers it too, has none. */
    SOURCE_GAP
}
