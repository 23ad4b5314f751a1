package io.tallywatt.api.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something in the plot that stands for data, with its place in pixels. */
sealed interface Mark {
    /**
     * An interval and its values.
     *
     * @param high y of the greatest value, so the smaller number
     * @param low y of the smallest value; the same as {@code high} where it is but one
     */
    record Slot(double left, double right, double high, double low, boolean estimated, boolean partial) {}

    /** A bar of its own. */
    record Bar(Slot slot) implements Mark {}

    /** Bars too narrow to stand apart: an area in steps, without a gap inside. */
    record Area(List<Slot> slots) implements Mark {}

    /** A line in steps, without a gap inside. */
    record Line(List<Slot> slots) implements Mark {}

    /** No value from left to right. */
    record Gap(double left, double right) implements Mark {}

    /** A gap too narrow for a hatch, marked under the plot. */
    record Notch(double left, double right) implements Mark {}

    /** A value that does not count. */
    record Invalid(double x, double y) implements Mark {}

    /**
     * A value that is not as it should be.
     *
     * @param expected y of the nearest value that would have been, or null
     * @param filled whether it matters much
     */
    record Anomaly(double x, double y, @Nullable Double expected, boolean filled) implements Mark {}

    /** A stretch that stands still at a value. */
    record Run(double left, double right, double y) implements Mark {}

    /** A part of a stack. */
    record Shade(Box box, int rgb) implements Mark {}
}
