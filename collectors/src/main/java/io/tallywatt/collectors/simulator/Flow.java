package io.tallywatt.collectors.simulator;

/** The power that flows one way at a site, in kW. Instants are seconds since 1970 in UTC. */
sealed interface Flow permits Solar, Wind, Demand {
    /** What really flows; not negative. */
    double kw(long second);

    /** What flows at such a time on such a day, on average over all weathers. */
    double usualKw(long second);

    /** What flows on average over a year, roughly. */
    double typicalKw();

    /** Energy of an interval in whole Wh, by the power in its middle. */
    default long wh(long start, int seconds) {
        return wh(kw(start + seconds / 2), seconds);
    }

    /** The usual energy of the interval in whole Wh. */
    default long usualWh(long start, int seconds) {
        return wh(usualKw(start + seconds / 2), seconds);
    }

    /** What can be told from nothing in an interval: a tenth of the typical energy, at least 1 Wh. */
    default long noticeableWh(int seconds) {
        return Math.max(1, wh(typicalKw() / 10, seconds));
    }

    private static long wh(double kw, int seconds) {
        return Math.round(kw * seconds / 3.6);
    }
}
