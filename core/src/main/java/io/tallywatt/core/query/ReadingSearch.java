package io.tallywatt.core.query;

import io.tallywatt.core.time.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Which readings of several series are asked for.
 *
 * @param from only those that start at this moment or later; of a date, its midnight in the zone of each series; null for all
 * @param to only those that start before this moment, likewise
 * @param after only those behind this one, null for all
 */
public record ReadingSearch(@Nullable Moment from, @Nullable Moment to, SeriesReading.@Nullable Position after) {}
