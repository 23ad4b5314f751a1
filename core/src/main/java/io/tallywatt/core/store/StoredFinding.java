package io.tallywatt.core.store;

import io.tallywatt.core.validate.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the store knows it.
 *
 * @param number of its latest change; every change of any finding has a greater one than those before
 * @param resolvedAt when it ceased to hold, null as long as it does
 */
public record StoredFinding(
        long number, Finding finding, @Nullable Instant resolvedAt) {}
