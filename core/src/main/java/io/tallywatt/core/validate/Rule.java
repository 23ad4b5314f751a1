package io.tallywatt.core.validate;

/** One way in which readings can be wrong. Holds nothing of a series: that is in its {@link SeriesMemory}. */
interface Rule {
    RuleName name();

    /** Looks at a reading that has just been placed in the memory of its series. */
    void look(Arrival arrival, Said said);

    /** Looks at a delivery, once all its readings of the series were placed. */
    default void look(Delivered delivered, Said said) {}
}
