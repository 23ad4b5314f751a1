package io.tallywatt.collectors.simulator;

import java.time.DayOfWeek;

/** What a site uses itself: more in the working hours of weekdays, a base at night and at weekends. */
record Demand(double meanKw, double clockOffset, Drift days, Drift hours, Chance noise) implements Flow {
    private static final int DAY_SECONDS = 86_400;

    /** In hundredths of the mean, at each full hour; both begin and end alike. */
    private static final int[] WEEKDAY = {
        62, 60, 59, 59, 60, 66, 82, 108, 136, 148, 152, 153, 147, 150, 152, 149, 140, 128, 112, 98, 86, 76, 69, 65
    };

    private static final int[] WEEKEND = {
        62, 60, 59, 58, 58, 59, 62, 66, 71, 75, 78, 80, 80, 79, 78, 77, 76, 76, 77, 76, 73, 69, 66, 64
    };

    /** @param clockOffset hours by which people there rise before those of UTC */
    static Demand of(Chance chance, double capacityKw, double clockOffset) {
        return new Demand(
                Math.max(8, capacityKw * chance.between(0.03, 0.12, 0)),
                clockOffset,
                new Drift(chance.of(1), 30 * 3600),
                new Drift(chance.of(2), 2 * 3600),
                chance.of(3));
    }

    @Override
    public double kw(long second) {
        double mood = 1 + 0.08 * days.at(second) + 0.1 * hours.at(second);
        return usualKw(second) * mood * noise.between(0.95, 1.05, second);
    }

    @Override
    public double usualKw(long second) {
        long local = second + Math.round(clockOffset * 3600);
        long day = Math.floorDiv(local, DAY_SECONDS);
        double hour = Math.floorMod(local, DAY_SECONDS) / 3600.0;
        int before = (int) hour;
        int[] shape = shape(day);
        int next = before == 23 ? shape(day + 1)[0] : shape[before + 1];
        return meanKw * (shape[before] + (next - shape[before]) * (hour - before)) / 100;
    }

    @Override
    public double typicalKw() {
        return meanKw;
    }

    private static int[] shape(long day) {
        // 1970-01-01 was a Thursday.
        DayOfWeek weekday = DayOfWeek.THURSDAY.plus(day);
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY ? WEEKEND : WEEKDAY;
    }
}
