/**
 * Cumulative registers: what a meter has counted so far, read now and then. Reads are stored as they came; the energy between
 * them, and what it cost, is worked out when it is asked for, so that it depends on which reads there are and never on the
 * order in which they came. {@link io.tallywatt.core.register.HomeBlocks} puts that before a store.
 */
@NullMarked
package io.tallywatt.core.register;

import org.jspecify.annotations.NullMarked;
