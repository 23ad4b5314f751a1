package io.tallywatt.collectors.tibber;

import java.time.ZoneId;

/**
 * A home of an account.
 *
 * @param id Tibber's, of letters, digits and '-'
 * @param name what its people call it, or where it is; empty if neither is known
 * @param zone of its days
 * @param live whether a device sends what it draws now
 */
public record TibberHome(String id, String name, ZoneId zone, boolean live) {}
