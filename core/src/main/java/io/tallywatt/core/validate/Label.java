package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something that is known to be wrong, whoever knows it: what findings are scored against.
 *
 * @param kind what is wrong: the name of a rule, in any case, or any other word
 */
public record Label(Series series, Interval interval, String kind) {

    /** The rule that should find it; none where the kind is no rule's name, and any of them may. */
    public Optional<RuleName> rule() {
        return Arrays.stream(RuleName.values())
                .filter(rule -> rule.name().equalsIgnoreCase(kind))
                .findFirst();
    }
}
