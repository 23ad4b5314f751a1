package io.tallywatt.core.store;

import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which findings are asked for.
 *
 * @param prefix how the series' name begins, empty for any; see {@link SeriesScope#of}
 * @param rule only of this rule, null for all
 * @param from only those whose interval ends after this instant, null for all
 * @param to only those whose interval starts before this instant, null for all
 * @param open true for those that hold still, false for those resolved, null for both
 * @param after only those behind this one in the order of the list, null for all
 * @param limit at most so many
 */
public record FindingSearch(
        String prefix,
        @Nullable RuleName rule,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Boolean open,
        Finding.@Nullable Key after,
        long limit) {

    public static final FindingSearch ALL = new FindingSearch("", null, null, null, null, null, Long.MAX_VALUE);

    public FindingSearch {
        if (limit < 1) {
            throw new IllegalArgumentException("Expected a limit of at least 1, but got " + limit);
        }
    }

    /** Of a thing such as {@code site/site1}, or of one series: never of another whose name only begins the same. */
    public static FindingSearch of(String prefix) {
        return new FindingSearch(prefix, null, null, null, null, null, Long.MAX_VALUE);
    }

    /** The same from the first on, and all of them. */
    public FindingSearch unpaged() {
        return new FindingSearch(prefix, rule, from, to, open, null, Long.MAX_VALUE);
    }
}
