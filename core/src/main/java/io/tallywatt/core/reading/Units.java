package io.tallywatt.core.reading;

/** The units in which values are stored. What is not energy has no sum over time, but a mean. */
public final class Units {
    public static final String ENERGY = "kWh";
    /** A flow's: positive in the direction that the series names. */
    public static final String FLOW = "MW";

    private static final String PER_MWH = "/MWh";

    private Units() {}

    /** Whether values of intervals add up to that of a longer one. */
    public static boolean isEnergy(String unit) {
        return unit.equals(ENERGY);
    }

    /**
     * Whether a value is not only the mean of its interval but the same at every moment of it, as a price is: then it is as
     * true of a part of the interval.
     */
    public static boolean holdsThroughout(String unit) {
        return unit.endsWith(PER_MWH);
    }

    /** A price's unit, such as {@code EUR/MWh}. */
    public static String pricePerMwh(String currency) {
        return currency + PER_MWH;
    }
}
