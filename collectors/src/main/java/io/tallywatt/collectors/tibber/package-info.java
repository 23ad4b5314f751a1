/**
 * Tibber, who sells energy to homes and shows what they draw now: the history and the prices by questions
 * ({@link io.tallywatt.collectors.tibber.TibberSource}), the live measurements by a connection that stays open
 * ({@link io.tallywatt.collectors.tibber.TibberLive}).
 */
@NullMarked
package io.tallywatt.collectors.tibber;

import org.jspecify.annotations.NullMarked;
