package io.tallywatt.collectors.elexon;

import java.math.BigDecimal;

/** What a field of a row holds. */
sealed interface Field {
    /** The row has no such field, or {@code null} in it. */
    record Absent(boolean isNull) implements Field {}

    record Text(String text) implements Field {}

    record Figure(BigDecimal value) implements Field {}

    /** {@code NaN}, {@code true}, a list, and what else cannot be meant. */
    record Other(String what) implements Field {}

    /** The same for fields that mean the same. Line breaks are escaped: this is for lists of lines. */
    default String says() {
        return switch (this) {
            case Absent absent -> absent.isNull() ? "null" : "-";
            case Text text -> "'" + text.text().replace("\\", "\\\\").replace("\n", "\\n") + "'";
            case Figure number -> number.value().stripTrailingZeros().toString();
            case Other other -> "?" + other.what();
        };
    }
}
