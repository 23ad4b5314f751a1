package io.tallywatt.core.grid;

import io.tallywatt.core.reading.Series;

/** Two zones beside each other. A flow across it is positive from the first to the second. */
public record Border(String from, String to) {
    /** How the series of a border are named by kind. */
    public static final String KIND = "border";

    /** Reads {@code FR-GB}. */
    public static Border parse(String text) {
        String[] sides = text.split("-", -1);
        if (sides.length != 2 || !sides[0].matches("[A-Z0-9_]+") || !sides[1].matches("[A-Z0-9_]+")) {
            throw new IllegalArgumentException("Expected a border as two zones such as FR-GB, but got '" + text + "'");
        }
        return new Border(sides[0], sides[1]);
    }

    /** What flows over all of it, in MW, as the platform of all grids has it. */
    public Series flow() {
        return new Series(KIND, toString(), "flow", null);
    }

    /** What flows through one of its cables, in MW: a cable is to a border what a register is to a meter. */
    public Series flow(Cable cable) {
        return new Series(KIND, toString(), "flow", cable.name());
    }

    /** What was sold across it, in MW, positive from the first zone to the second. */
    public Series schedule() {
        return new Series(KIND, toString(), "schedule", null);
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
