package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Scaled;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * More energy than the thing can make or use: the mean power over the interval is above {@link JudgeSettings#plausibleKw}.
 *
 * <p>The bound is {@code plausibleKw x length / 3600 s}, in kWh; nine decimals of it are enough, since no value has more. It is one
 * setting for all series, so it catches what is wrong by a unit or a digit, not what is merely unusual ({@link SpikeRule}). It is
 * wrong where the setting is: the confidence says by how much it is exceeded, 0.5 at the bound and 1 - 1 / (2 x ratio) beyond.
 *
 * <p>Critical where the reading is part of totals; readers that know the same bound mark it INVALID, which leaves it out.
 */
final class ImplausibleRule implements Rule {
    private static final BigDecimal HOUR = new BigDecimal(3600);

    private Bound lastBound = Bound.of(JudgeSettings.of(BigDecimal.ONE), 1);

    @Override
    public RuleName name() {
        return RuleName.IMPLAUSIBLE;
    }

    @Override
    public void look(Arrival arrival, Said said) {
        if (!arrival.memory.quantity().isEnergy()) {
            return;
        }
        arrival.resolveSuperseded(
                said,
                name(),
                Marks.IMPLAUSIBLE,
                past -> past.units() > bound(arrival.settings, past.end() - past.start()).units);
        Bound bound = bound(arrival.settings, arrival.seconds());
        if (arrival.units < bound.units || arrival.value().compareTo(bound.kwh) <= 0) {
            return;
        }
        arrival.mark(Marks.IMPLAUSIBLE);
        said.found(
                name(),
                arrival.start,
                arrival.end,
                Marks.quality(arrival.marks()).counts() ? Severity.CRITICAL : Severity.WARNING,
                Confidence.beyond(arrival.units, bound.units),
                arrival.seen(),
                "at most " + Words.reading(bound.kwh, arrival.memory.quantity(), arrival.seconds()) + " ("
                        + Scaled.text(arrival.settings.plausibleKw()) + " kW)",
                arrival.value(),
                BigDecimal.ZERO,
                bound.kwh,
                arrival.delivery);
    }

    /** Nearly all readings are as long as the one before; threads that race for the field compute the same. */
    private Bound bound(JudgeSettings settings, long seconds) {
        Bound last = lastBound;
        if (last.seconds != seconds || !last.settings.equals(settings)) {
            last = Bound.of(settings, seconds);
            lastBound = last;
        }
        return last;
    }

    /** The greatest plausible value of so many seconds. */
    private record Bound(JudgeSettings settings, long seconds, BigDecimal kwh, long units) {
        static Bound of(JudgeSettings settings, long seconds) {
            BigDecimal kwh = Scaled.trim(settings.plausibleKw()
                    .multiply(BigDecimal.valueOf(seconds))
                    .divide(HOUR, Scaled.MAX_SCALE, RoundingMode.DOWN));
            return new Bound(settings, seconds, kwh, SeriesMemory.units(kwh));
        }
    }
}
