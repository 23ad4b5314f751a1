package io.tallywatt.core.validate;

import java.math.BigDecimal;

/**
 * A difference across a register that began anew. Many sources take the difference between two states of a counter; where it was
 * swapped, or restarts at midnight, the difference is minus all that it had counted.
 *
 * <p>So: negative energy of more than ten times what is usual (the value that one in twenty readings of the last four weeks
 * exceeds). A register that restarts every day loses a day's energy, which is more than that for intervals of up to an hour.
 * It is another thing than {@link NegativeRule}'s: nothing is wrong with the meter, and the energy of the interval is its new
 * state. Wrong where a negative value of ten times the usual has another cause, and blind for a register that restarts before
 * it has counted that much; then the value is found negative. Without a day's hours of readings nothing is usual yet.
 */
final class RegisterResetRule implements Rule {
    private static final int TIMES = 10;

    @Override
    public RuleName name() {
        return RuleName.REGISTER_RESET;
    }

    @Override
    public void look(Arrival arrival, Said said) {
        arrival.resolveSuperseded(said, name(), Marks.REGISTER_RESET, past -> past.units() < 0);
        if (!arrival.isNews() || !arrival.memory.quantity().isEnergy() || arrival.units >= 0) {
            return;
        }
        long high = arrival.memory.habits().high();
        long most = Robust.times(high, TIMES, 1);
        long size = Robust.distance(arrival.units, 0);
        if (high == 0 || size <= most) {
            return;
        }
        arrival.mark(Marks.REGISTER_RESET);
        said.found(
                name(),
                arrival.start,
                arrival.end,
                Marks.quality(arrival.marks()).counts() ? Severity.CRITICAL : Severity.WARNING,
                Confidence.beyond(size, most),
                arrival.seen(),
                Words.range(0, high, arrival.memory.quantity())
                        + ", as nearly always; the register probably began anew",
                arrival.value(),
                BigDecimal.ZERO,
                SeriesMemory.decimal(high),
                arrival.delivery);
    }
}
