package io.tallywatt.core.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are asked for. They come by when their state became known, the latest first; no two became known at the
 * same instant, so the last of one answer is where the next begins.
 *
 * @param state only these, null for all
 * @param name only those of exactly this name, null for all
 * @param before only those that became known before this instant, null for all
 * @param limit at most so many
 */
public record DeliverySearch(
        @Nullable DeliveryState state,
        @Nullable String name,
        @Nullable Instant before,
        long limit) {
    public static final DeliverySearch ALL = new DeliverySearch(null, null, null, Long.MAX_VALUE);

    public DeliverySearch {
        if (limit < 1) {
            throw new IllegalArgumentException("Expected a limit of at least 1, but got " + limit);
        }
    }

    public static DeliverySearch named(String name) {
        return new DeliverySearch(null, name, null, Long.MAX_VALUE);
    }
}
