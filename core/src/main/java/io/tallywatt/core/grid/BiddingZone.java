package io.tallywatt.core.grid;

import java.time.ZoneId;

/**
 * An area with one price.
 *
 * @param code short: {@code GB}, {@code NO2}
 * @param name for readers: {@code Great Britain}
 * @param eic its Energy Identification Code, 16 characters
 * @param zone of its days
 */
public record BiddingZone(String code, String name, String eic, ZoneId zone) {}
