package io.tallywatt.core.register;

/**
 * What was read at an instant, in 10^-9 kWh.
 *
 * @param at epoch seconds
 * @param day since local midnight, {@link #NONE} if that was not read
 * @param register since the meter was new, {@link #NONE} if that was not read
 */
record Read(long at, long day, long register) {
    static final long NONE = Long.MIN_VALUE;

    boolean hasDay() {
        return day != NONE;
    }

    boolean hasRegister() {
        return register != NONE;
    }
}
