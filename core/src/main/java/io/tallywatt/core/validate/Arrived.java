package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Reading;
import java.time.Instant;

/**
 * A reading as a delivery gave it.
 *
 * @param reading never MISSING
 * @param receivedAt when the delivery was received
 * @param delivery its id
 */
public record Arrived(Reading reading, Instant receivedAt, long delivery) {}
