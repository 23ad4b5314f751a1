package io.tallywatt.core.store;

import io.tallywatt.core.validate.Finding;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the store knows it.
 *
 * @param number of its latest change; every change of any finding has a greater one than those before
 * @param resolvedAt when it ceased to hold, null as long as it does
 */
public record StoredFinding(
        long number, Finding finding, @Nullable Instant resolvedAt) {

    /** Whether another finding of the same key says the same, whenever it was found. */
    public boolean says(Finding other) {
        return finding.interval().equals(other.interval())
                && finding.severity() == other.severity()
                && same(finding.confidence(), other.confidence())
                && finding.observed().equals(other.observed())
                && finding.expected().equals(other.expected())
                && same(finding.value(), other.value())
                && same(finding.low(), other.low())
                && same(finding.high(), other.high())
                && finding.delivery() == other.delivery();
    }

    private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return a.compareTo(b) == 0;
    }
}
