package io.tallywatt.collectors.simulator;

/**
 * Flat panels under clouds that last: some for a day, some for hours, some for minutes.
 *
 * <p>The light of a clear sky is by Haurwitz (Insolation in relation to cloudiness and cloud density, 1945), what clouds leave
 * of it by Kasten and Czeplak (Solar and terrestrial radiation dependent on the amount and type of cloud, 1980).
 */
record Solar(double capacityKw, double latitude, double longitude, Drift days, Drift hours, Drift minutes, Chance noise)
        implements Flow {
    /** Of what the panels are rated for: heat, dirt, cables, inverters. */
    private static final double PERFORMANCE = 0.85;

    /** What clouds leave on average; see SiteModelTest. */
    private static final double USUAL_CLOUDS = 0.8;

    static Solar of(Chance chance, double latitude, double longitude) {
        // From a big roof to a small park.
        double capacityKw = 200 * StrictMath.pow(15, chance.at(0));
        return new Solar(
                capacityKw,
                latitude,
                longitude,
                new Drift(chance.of(1), 20 * 3600),
                new Drift(chance.of(2), 4 * 3600),
                new Drift(chance.of(3), 40 * 60),
                chance.of(4));
    }

    @Override
    public double kw(long second) {
        double clear = clearKw(second);
        return clear == 0 ? 0 : clear * throughClouds(second) * noise.between(0.98, 1.02, second);
    }

    @Override
    public double usualKw(long second) {
        return clearKw(second) * USUAL_CLOUDS;
    }

    @Override
    public double typicalKw() {
        return capacityKw * 0.14;
    }

    private double clearKw(long second) {
        double sine = Sun.sineOfHeight(second, latitude, longitude);
        // Haurwitz gives W/m2; panels are rated at 1000.
        return sine <= 0 ? 0 : capacityKw * PERFORMANCE * 1.098 * sine * StrictMath.exp(-0.057 / sine);
    }

    /** From 0.25 under a covered sky to 1. */
    double throughClouds(long second) {
        double sky = 0.55 * days.at(second) + 0.3 * hours.at(second) + 0.15 * minutes.at(second);
        double cover = Math.clamp(0.5 + 1.2 * sky, 0.0, 1.0);
        return 1 - 0.75 * StrictMath.pow(cover, 3.4);
    }
}
