package io.tallywatt.collectors.simulator;

/**
 * Turbines in a wind that wanders slowly: a front takes a day and a half, a breeze hours. Below 3 m/s they stand, between they
 * follow the cube of the wind, from 12 m/s on they give what they are rated for.
 */
record Wind(double capacityKw, Drift fronts, Drift hours, Drift gusts, Chance noise) implements Flow {
    private static final double CUT_IN = 3;
    private static final double RATED = 12;

    /** Of the capacity, on average; see SiteModelTest. */
    private static final double USUAL = 0.28;

    static Wind of(Chance chance) {
        // One small turbine to a few big ones.
        double capacityKw = 500 * StrictMath.pow(8, chance.at(0));
        return new Wind(
                capacityKw,
                new Drift(chance.of(1), 36 * 3600),
                new Drift(chance.of(2), 8 * 3600),
                new Drift(chance.of(3), 90 * 60),
                chance.of(4));
    }

    @Override
    public double kw(long second) {
        double speed = Math.clamp(metresPerSecond(second), CUT_IN, RATED);
        double power = (cube(speed) - cube(CUT_IN)) / (cube(RATED) - cube(CUT_IN));
        return capacityKw * power * noise.between(0.94, 1, second);
    }

    @Override
    public double usualKw(long second) {
        return typicalKw();
    }

    @Override
    public double typicalKw() {
        return capacityKw * USUAL;
    }

    private double metresPerSecond(long second) {
        return 7.2 + 8 * (0.6 * fronts.at(second) + 0.3 * hours.at(second) + 0.1 * gusts.at(second));
    }

    private static double cube(double x) {
        return x * x * x;
    }
}
