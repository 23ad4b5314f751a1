package io.tallywatt.collectors.simulator;

import io.tallywatt.core.reading.Series;

/**
 * A place somewhere in Europe that generates and uses energy. Every third is wind, the others are solar; each is of another
 * size.
 *
 * @param id {@code site1}
 */
record Site(String id, Flow generation, Flow consumption, Chance chance) {
    private static final int WIND_EVERY = 3;

    /** The same for the same seed and number. */
    static Site of(long seed, int number) {
        Chance chance = new Chance(seed).of(number);
        double latitude = chance.between(37, 58, 0);
        double longitude = chance.between(-8, 24, 1);
        double clockOffset = longitude / 15;
        String id = "site" + number;
        if (number % WIND_EVERY == 0) {
            Wind wind = Wind.of(chance.of(1));
            return new Site(id, wind, Demand.of(chance.of(2), wind.capacityKw(), clockOffset), chance);
        }
        Solar solar = Solar.of(chance.of(1), latitude, longitude);
        return new Site(id, solar, Demand.of(chance.of(2), solar.capacityKw(), clockOffset), chance);
    }

    Flow flow(Side side) {
        return switch (side) {
            case GENERATION -> generation;
            case CONSUMPTION -> consumption;
        };
    }

    Series series(Side side) {
        return new Series("site", id, side.quantity(), null);
    }
}
