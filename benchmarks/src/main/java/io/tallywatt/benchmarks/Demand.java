package io.tallywatt.benchmarks;

/**
 * What made-up households draw, in watt-hours per half-hour: a morning and an evening peak, more in winter, each meter with
 * a level of its own, and noise. The value depends on seed, meter, day and half-hour alone, so every way of writing it down
 * writes the same.
 *
 * <p>Values stay below 1,024, which is 10 bits: the most that three decimals below 1 kWh need. How many bits a value takes
 * decides the size of any file that packs them.
 */
final class Demand {
    static final int HALF_HOURS = 48;
    static final int GREATEST = 1023;

    /** Of an average household on an average day, in watt-hours, from midnight on. */
    private static final int[] SHAPE = {
        170, 150, 135, 125, 118, 112, 110, 112, 118, 128, 150, 190, //
        260, 340, 390, 400, 380, 350, 320, 300, 290, 285, 290, 310, //
        330, 330, 310, 295, 285, 290, 310, 350, 420, 520, 620, 690, //
        710, 690, 650, 600, 550, 500, 450, 400, 340, 290, 240, 200
    };

    private final long seed;

    Demand(long seed) {
        this.seed = seed;
    }

    /** Writes one day of one meter: 48 values from {@code at} on. Returns their sum. */
    long day(int meter, int epochDay, long[] into, int at) {
        // Level, season and noise are 256ths.
        long level = 96 + (mix(seed ^ meter) >>> 56);
        long season = 256 + Math.round(72 * Math.cos((epochDay % 365.25) * (2 * Math.PI / 365.25)));
        long scale = level * season;
        long state = mix(seed * 31 + ((long) meter << 32) + epochDay);
        long sum = 0;
        long random = 0;
        for (int i = 0; i < HALF_HOURS; i++) {
            if (i % 6 == 0) {
                state += 0x9e3779b97f4a7c15L;
                random = mix(state);
            }
            long noise = 128 + (random & 0xff);
            random >>>= 9;
            long value = Math.min(GREATEST, SHAPE[i] * scale * noise >> 24);
            into[at + i] = value;
            sum += value;
        }
        return sum;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
