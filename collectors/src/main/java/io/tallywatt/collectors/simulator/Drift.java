package io.tallywatt.collectors.simulator;

/**
 * Something that changes slowly, from -1 to 1: drawn anew every so often, and passing smoothly from one draw to the next
 * (value noise).
 *
 * @param seconds from one draw to the next
 */
record Drift(Chance chance, long seconds) {
    double at(long second) {
        long draw = Math.floorDiv(second, seconds);
        double part = Math.floorMod(second, seconds) / (double) seconds;
        double passed = part * part * (3 - 2 * part);
        double from = chance.at(draw);
        double to = chance.at(draw + 1);
        return 2 * (from + (to - from) * passed) - 1;
    }
}
