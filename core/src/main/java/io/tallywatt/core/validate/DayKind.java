package io.tallywatt.core.validate;

/**
 * Which days are like each other. Public holidays are not known here: which they are depends on country and region, and a wrong
 * guess would hide what is seen. On one that falls on a weekday a factory's consumption is found unusual, which it is.
 */
enum DayKind {
    WEEKDAY("weekday"),
    SATURDAY("Saturday"),
    SUNDAY("Sunday");

    private final String word;

    DayKind(String word) {
        this.word = word;
    }

    static DayKind of(long epochDay) {
        // 1970-01-01 was a Thursday.
        return switch ((int) Math.floorMod(epochDay + 3, 7L)) {
            case 5 -> SATURDAY;
            case 6 -> SUNDAY;
            default -> WEEKDAY;
        };
    }

    String word() {
        return word;
    }
}
