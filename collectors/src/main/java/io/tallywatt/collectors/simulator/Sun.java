package io.tallywatt.collectors.simulator;

/**
 * Where the sun stands, to about a degree: the declination by Cooper (The absorption of radiation in solar stills, 1969), the
 * hour angle by mean solar time, without the equation of time.
 */
final class Sun {
    private static final double YEAR_DAYS = 365.2422;
    private static final int DAY_SECONDS = 86_400;

    private Sun() {}

    /**
     * The sine of the sun's height above the horizon; not positive at night.
     *
     * @param second since 1970, UTC
     * @param latitude in degrees, positive to the north
     * @param longitude in degrees, positive to the east
     */
    static double sineOfHeight(long second, double latitude, double longitude) {
        double dayOfYear = 1 + second / (double) DAY_SECONDS % YEAR_DAYS;
        double declination = Math.toRadians(23.45) * StrictMath.sin(2 * Math.PI * (284 + dayOfYear) / YEAR_DAYS);
        double dayPart = Math.floorMod(second, DAY_SECONDS) / (double) DAY_SECONDS;
        double hourAngle = 2 * Math.PI * (dayPart - 0.5) + Math.toRadians(longitude);
        double north = Math.toRadians(latitude);
        return StrictMath.sin(north) * StrictMath.sin(declination)
                + StrictMath.cos(north) * StrictMath.cos(declination) * StrictMath.cos(hourAngle);
    }
}
