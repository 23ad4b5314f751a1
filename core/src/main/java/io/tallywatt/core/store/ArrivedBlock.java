package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What one delivery gave for one series' day.
 *
 * @param zone of the day
 * @param knownAt when it became known
 * @param receivedAt when the delivery was received
 */
public record ArrivedBlock(
        Series series, ZoneId zone, DayBlock block, long delivery, long line, Instant receivedAt, Instant knownAt) {}
