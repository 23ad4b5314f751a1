/**
 * What is measured: series, readings, their quality, and the {@link io.tallywatt.core.reading.DayBlock} that holds one
 * series' day. Values are scaled longs; only {@code time} is used. Start with {@link io.tallywatt.core.reading.DayBlock}.
 */
@NullMarked
package io.tallywatt.core.reading;

import org.jspecify.annotations.NullMarked;
