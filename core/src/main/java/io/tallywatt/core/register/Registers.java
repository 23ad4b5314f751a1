package io.tallywatt.core.register;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a home's series. {@code home/K/consumption} is energy; beside it, as channels, are the registers that it is
 * worked out from. A read of a register is a reading of one second.
 */
public final class Registers {
    /** Only homes have registers: to list series, those of millions of meters need not be looked at. */
    public static final String KIND = "home";

    /** Channel of a meter's register: counts on, whatever the date, and begins again only where a drop shows it. */
    public static final String REGISTER = "register";
    /** Channel of what a day has brought so far: begins again at every local midnight. */
    public static final String DAY = "day";

    /** Unit of a read, in kWh: what was counted so far, which has no sum. */
    public static final String UNIT = "kWh register";

    public static final String CONSUMPTION = "consumption";
    public static final String GENERATION = "generation";
    public static final String POWER = "power";
    public static final String PRICE = "price";
    public static final String COST = "cost";

    private static final Set<String> QUANTITIES = Set.of(CONSUMPTION, GENERATION);
    private static final List<String> CHANNELS = List.of(DAY, REGISTER);

    private Registers() {}

    public static Series of(String home, String quantity) {
        return new Series(KIND, home, quantity, null);
    }

    public static Series channel(Series energy, String channel) {
        return new Series(energy.kind(), energy.key(), energy.quantity(), channel);
    }

    /** Whether a series is energy that may be worked out from registers. */
    static boolean isEnergy(Series series) {
        return series.kind().equals(KIND) && series.channel() == null && QUANTITIES.contains(series.quantity());
    }

    /** Whether a series is what the energy of a home costs. */
    static boolean isCost(Series series) {
        return series.kind().equals(KIND)
                && series.channel() == null
                && series.quantity().equals(COST);
    }

    /** The energy that a register counts; null for a series that is none. */
    public static @Nullable Series counted(Series register) {
        return register.kind().equals(KIND)
                        && QUANTITIES.contains(register.quantity())
                        && CHANNELS.contains(String.valueOf(register.channel()))
                ? of(register.key(), register.quantity())
                : null;
    }

    /** The currency of a price's unit, such as {@code NOK} of {@code NOK/MWh}; null if it is no price. */
    static @Nullable String currency(String priceUnit) {
        for (int i = 1; i < priceUnit.length(); i++) {
            if (Units.pricePerMwh(priceUnit.substring(0, i)).equals(priceUnit)) {
                return priceUnit.substring(0, i);
            }
        }
        return null;
    }
}
