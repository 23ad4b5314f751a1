package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Series;

/** What the rules need to know of what a series measures. */
enum Quantity {
    CONSUMPTION("kWh", true, true),
    /** The sun and the wind know no weekdays; and clouds, calm and snow may make any value low at any time. */
    GENERATION("kWh", true, false),
    FLOW("MW", false, true),
    POWER("W", false, true),
    /** Per MWh; its currency is not part of the series' name. */
    PRICE("per MWh", false, true),
    OTHER("", false, true);

    private final String unit;
    private final boolean energy;
    private final boolean week;

    Quantity(String unit, boolean energy, boolean week) {
        this.unit = unit;
        this.energy = energy;
        this.week = week;
    }

    static Quantity of(Series series) {
        return switch (series.quantity()) {
            case "consumption" -> CONSUMPTION;
            case "generation" -> GENERATION;
            case "flow" -> FLOW;
            case "power" -> POWER;
            case "price" -> PRICE;
            default -> OTHER;
        };
    }

    /** In which values are, empty if that is not known. */
    String unit() {
        return unit;
    }

    /** Energy of an interval, which only runs one way: never negative, and bounded by a power. */
    boolean isEnergy() {
        return energy;
    }

    /** Whether it depends on the kind of day. */
    boolean followsTheWeek() {
        return week;
    }

    /** Whether a low value may be as far from what is usual as a high one. */
    boolean hasUnusualLows() {
        return this != GENERATION;
    }
}
