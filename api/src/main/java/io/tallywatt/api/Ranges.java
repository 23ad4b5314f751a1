package io.tallywatt.api;

import io.tallywatt.core.time.Moment;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Ranges that end before they begin are a mistake, not a wish for nothing. */
final class Ranges {
    private Ranges() {}

    /** Looks at a range of which no zone is known: a date and an instant cannot be compared then. */
    static void check(Asked asked, @Nullable Moment from, @Nullable Moment to) {
        if (from instanceof Moment.OnDate(var first) && to instanceof Moment.OnDate(var after) && !first.isBefore(after)
                || from instanceof Moment.At(var start) && to instanceof Moment.At(var end) && !start.isBefore(end)) {
            throw backwards(asked);
        }
    }

    static void check(Asked asked, @Nullable Moment from, @Nullable Moment to, ZoneId zone) {
        if (from != null && to != null && !from.in(zone).isBefore(to.in(zone))) {
            throw backwards(asked);
        }
    }

    private static Problem backwards(Asked asked) {
        return Problem.parameter(
                "to", String.valueOf(asked.text("to")), "a time after 'from'; it is where the range ends");
    }
}
