package io.tallywatt.core.reading;

/** The units in which values are stored. What is not energy has no sum over time, but a mean. */
public final class Units {
    public static final String ENERGY = "kWh";
    /** A flow's: positive in the direction that the series names. */
    public static final String FLOW = "MW";

    private Units() {}

    /** Whether values of intervals add up to that of a longer one. */
    public static boolean isEnergy(String unit) {
        return unit.equals(ENERGY);
    }

    /** A price's unit, such as {@code EUR/MWh}. */
    public static String pricePerMwh(String currency) {
        return currency + "/MWh";
    }
}
