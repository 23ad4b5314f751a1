package io.tallywatt.core.grid;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;

/**
 * A cable between two zones.
 *
 * @param name as people call it: {@code IFA2}
 * @param border it is part of
 * @param capacities how much it carries since when; ascending, the first is that of its start
 */
public record Cable(String name, Border border, List<Capacity> capacities) {
    /** @param mw from the date on; 0 while it is out of service */
    public record Capacity(LocalDate from, int mw) {}

    public Cable {
        capacities = List.copyOf(capacities);
    }

    /** How much it can carry on a date, in MW; empty before it was there, or while it was out of service. */
    public OptionalInt capacityMw(LocalDate date) {
        OptionalInt mw = OptionalInt.empty();
        for (Capacity capacity : capacities) {
            if (!capacity.from().isAfter(date)) {
                mw = capacity.mw() == 0 ? OptionalInt.empty() : OptionalInt.of(capacity.mw());
            }
        }
        return mw;
    }
}
