package io.tallywatt.aws.store;

/**
 * What the catalogue knows of a series.
 *
 * @param unit of its values, from its first delivery
 * @param resolution ISO 8601, of its first delivery; {@code irregular} for exact intervals
 * @param zone of its days
 * @param given days of which anything was ever given
 * @param seen days with a reading that is part of a total
 */
record SeriesState(String unit, String resolution, String zone, DaySet given, DaySet seen) {}
