package io.tallywatt.core.store;

import java.time.YearMonth;
import java.util.List;

/** A store that gets quicker when what is stored is put in order from time to time. No answer changes by it. */
public interface Upkeep {
    /**
     * Puts closed months in order that are not: those in which every day is long past, and which came in many deliveries.
     *
     * @return the months, oldest first
     */
    List<YearMonth> tidy();
}
