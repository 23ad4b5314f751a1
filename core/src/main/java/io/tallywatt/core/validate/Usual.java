package io.tallywatt.core.validate;

/**
 * What is usual at one time of day.
 *
 * @param low smallest value that would be nothing special
 * @param high greatest such value
 * @param median of the days
 * @param days how many days it was learned from
 * @param day what days they are: {@code day}, {@code weekday}
 * @param around whether it was learned from neighbouring times too
 */
record Usual(long low, long high, long median, int days, String day, boolean around) {
    boolean holds(long units) {
        return units >= low && units <= high;
    }

    /** How far a value is from the median. */
    long distance(long units) {
        return Robust.distance(units, median);
    }

    /** How far from the median a value on the same side may be. */
    long room(long units) {
        return Robust.distance(units < median ? low : high, median);
    }
}
