package io.tallywatt.core.validate;

/**
 * A reading that another one has taken the place of.
 *
 * @param start epoch seconds
 * @param end epoch seconds
 * @param units at nine decimals
 * @param marks {@link Marks}
 * @param delivery that gave it, 0 if that is not known
 */
record Past(long start, long end, long units, int marks, int delivery) {
    boolean has(int mark) {
        return (marks & mark) != 0;
    }
}
