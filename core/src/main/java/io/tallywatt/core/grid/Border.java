package io.tallywatt.core.grid;

import io.tallywatt.core.reading.Series;

/** Two zones beside each other. A flow across it is positive from the first to the second. */
public record Border(String from, String to) {
    /** How the series of a border are named by kind. */
    public static final String KIND = "border";

    /** The quantities of a border. */
    public static final String FLOW = "flow";

    public static final String SCHEDULE = "schedule";

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
        return new Series(KIND, toString(), FLOW, null);
    }

    /** What flows through one of its cables, in MW: a cable is to a border what a register is to a meter. */
    public Series flow(Cable cable) {
        return new Series(KIND, toString(), FLOW, cable.name());
    }

    /** What was sold across it, in MW, positive from the first zone to the second. */
    public Series schedule() {
        return new Series(KIND, toString(), SCHEDULE, null);
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
