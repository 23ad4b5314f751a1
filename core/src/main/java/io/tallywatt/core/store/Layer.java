package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;

/**
 * What one delivery gave for one series' day. The block of that day is the overlay of its active layers; a layer is never
 * changed, only ended (by {@code withdraw}, or when its delivery is read again with other options).
 *
 * @param revision the revision that brought it
 * @param precedence against other layers
 * @param block the readings, as given
 */
public record Layer(long revision, Precedence precedence, DayBlock block) {}
