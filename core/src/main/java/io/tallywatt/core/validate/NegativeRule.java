package io.tallywatt.core.validate;

import java.math.BigDecimal;

/**
 * Negative energy of a quantity that only runs one way: nobody consumes less than nothing.
 *
 * <p>It is wrong by definition, so there is no bound to be learned and, as a rule, no doubt. Two things look the same and are
 * told apart: a register that began anew ({@link RegisterResetRule}, which looks first), and the few watts that an inverter draws
 * at night and some report as negative generation. Less than one hundredth of what is usual is therefore said with less
 * confidence and as worth knowing only. Flows, prices and what else may have either sign are never looked at.
 *
 * <p>Critical where the reading is part of totals: then what is shown is wrong. Readers mark negative energy INVALID already,
 * which leaves it out of them.
 */
final class NegativeRule implements Rule {
    @Override
    public RuleName name() {
        return RuleName.NEGATIVE;
    }

    @Override
    public void look(Arrival arrival, Said said) {
        arrival.resolveSuperseded(said, name(), Marks.NEGATIVE, past -> past.units() < 0);
        if (!arrival.memory.quantity().isEnergy() || arrival.units >= 0 || arrival.has(Marks.REGISTER_RESET)) {
            return;
        }
        arrival.mark(Marks.NEGATIVE);
        boolean tiny =
                Robust.distance(arrival.units, 0) < arrival.memory.habits().high() / 100;
        boolean counts = Marks.quality(arrival.marks()).counts();
        said.found(
                name(),
                arrival.start,
                arrival.end,
                counts ? Severity.CRITICAL : tiny ? Severity.INFO : Severity.WARNING,
                tiny ? 60 : 100,
                arrival.seen(),
                "0 " + arrival.memory.quantity().unit() + " or more",
                arrival.value(),
                BigDecimal.ZERO,
                null,
                arrival.delivery);
    }
}
