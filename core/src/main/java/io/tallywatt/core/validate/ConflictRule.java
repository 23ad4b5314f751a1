package io.tallywatt.core.validate;

import java.math.BigDecimal;

/**
 * The same interval given again by another delivery, with another value. Which of the two is right is not for a rule to say: the
 * store has its order of precedence. The same value again is nothing, and neither is a second row of the same delivery (its
 * report says so already).
 *
 * <p>The same interval: an overlap of more than half of both, so that stamps that jitter are no way round it. What the other
 * delivery said is what this memory was told last; where documents state times of their own, the store may order them otherwise.
 *
 * <p>It is a fact, so the confidence is 1. An estimate or an INVALID value that is replaced is how corrections should come: worth
 * knowing only. A conflict is not resolved by itself.
 */
final class ConflictRule implements Rule {
    @Override
    public RuleName name() {
        return RuleName.CONFLICT;
    }

    @Override
    public void look(Arrival arrival, Said said) {
        for (Past past : arrival.superseded()) {
            boolean another = past.delivery() == 0 || past.delivery() != (int) arrival.delivery;
            if (another && past.units() != arrival.units && isSameInterval(arrival, past)) {
                report(arrival, past, said);
                return;
            }
        }
    }

    private static boolean isSameInterval(Arrival arrival, Past past) {
        long overlap = Math.min(arrival.end, past.end()) - Math.max(arrival.start, past.start());
        return 2 * overlap > Math.max(arrival.seconds(), past.end() - past.start());
    }

    private void report(Arrival arrival, Past past, Said said) {
        boolean corrects = switch (Marks.quality(past.marks())) {
            case ESTIMATED, SUBSTITUTED, INVALID -> true;
            case ACTUAL, MISSING -> false;
        };
        BigDecimal before = SeriesMemory.decimal(past.units());
        said.found(
                name(),
                arrival.start,
                arrival.end,
                corrects ? Severity.INFO : Severity.WARNING,
                100,
                arrival.seen(),
                Words.amount(before, arrival.memory.quantity())
                        + (past.delivery() == 0
                                ? ", as given before"
                                : ", as given before by delivery " + past.delivery()),
                arrival.value(),
                before,
                before,
                arrival.delivery);
    }
}
