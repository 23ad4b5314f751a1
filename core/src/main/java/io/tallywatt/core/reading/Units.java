package io.tallywatt.core.reading;

/** The units in which values are stored. What is not energy has no sum over time, but a mean. */
public final class Units {
    public static final String ENERGY = "kWh";
    /** A flow's: positive in the direction that the series names. */
    public static final String FLOW = "MW";
    /** What a home draws now. */
    public static final String POWER = "W";

    private static final String PER_MWH = "/MWh";

    private Units() {}

    public static boolean isEnergy(String unit) {
        return unit.equals(ENERGY);
    }

    /** Whether it is money, by the three letters of its currency (ISO 4217). */
    public static boolean isMoney(String unit) {
        return unit.matches("[A-Z]{3}");
    }

    /** Whether values of intervals add up to that of a longer one. */
    public static boolean addsUp(String unit) {
        return isEnergy(unit) || isMoney(unit);
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
