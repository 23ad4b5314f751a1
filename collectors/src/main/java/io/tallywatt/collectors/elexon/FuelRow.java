package io.tallywatt.collectors.elexon;

import java.math.BigDecimal;

/**
 * A row of {@code FUELINST} as it was found; what is wrong with it is for whoever reads it.
 *
 * @param number which of the reply's it is, from 1
 * @param line of the reply where it begins, from 1
 * @param text the row itself
 * @param again the name of a field that it has twice, empty where it has none
 */
record FuelRow(long number, long line, String text, Field publishTime, Field fuelType, Field generation, String again) {

    /** What a field holds. */
    sealed interface Field {
        /** The row has no such field, or {@code null} in it. */
        record Absent(boolean isNull) implements Field {}

        record Text(String text) implements Field {}

        record Figure(BigDecimal value) implements Field {}

        /** {@code NaN}, {@code true}, a list, and what else cannot be meant. */
        record Other(String what) implements Field {}
    }

    /**
     * What the row says, whatever else Elexon writes beside it: equal for rows that mean the same.
     *
     * <p>Line breaks in it are escaped, since this is for lists of lines.
     */
    String essence() {
        return place() + " " + says(generation);
    }

    /** Which value of which cable it gives. */
    String place() {
        return says(publishTime) + " " + says(fuelType);
    }

    private static String says(Field field) {
        return switch (field) {
            case Field.Absent absent -> absent.isNull() ? "null" : "-";
            case Field.Text text -> "'" + text.text().replace("\\", "\\\\").replace("\n", "\\n") + "'";
            case Field.Figure number -> number.value().stripTrailingZeros().toString();
            case Field.Other other -> "?" + other.what();
        };
    }
}
