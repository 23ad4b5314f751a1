package io.tallywatt.collectors.simulator;

import java.util.Random;

/**
 * Chance that can be asked for any number of a sequence without those before: what happens at an instant does not depend on
 * where a simulation began.
 *
 * <p>Numbers are mixed as SplitMix64 does (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
 */
record Chance(long key) {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    /** Chance for something else, independent of this one and of any other number's. */
    Chance of(long number) {
        return new Chance(mix(bits(number) + GAMMA));
    }

    /** From 0 to less than 1, the same for the same number. */
    double at(long number) {
        return (bits(number) >>> 11) * 0x1.0p-53;
    }

    /** From low to less than high. */
    double between(double low, double high, long number) {
        return low + (high - low) * at(number);
    }

    /** For what needs more than one draw; the JDK specifies its numbers to the bit. */
    Random generator(long number) {
        return new Random(bits(number));
    }

    private long bits(long number) {
        return mix(key ^ mix(number + GAMMA));
    }

    private static long mix(long bits) {
        long z = bits;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
