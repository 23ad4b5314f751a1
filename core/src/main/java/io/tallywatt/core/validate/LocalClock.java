package io.tallywatt.core.validate;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * What the clocks of a zone show, for instants that lie near each other: between two changes of the clock the difference to
 * UTC is a constant, and the two such stretches asked for last are remembered.
 */
final class LocalClock {
    private static final int DAY = 86_400;

    private final ZoneRules rules;
    private Stretch last;
    private Stretch other;

    LocalClock(ZoneId zone) {
        rules = zone.getRules();
        last = stretch(0);
        other = last;
    }

    /** Seconds that the clock is ahead of UTC, from the one instant to before the other. */
    private record Stretch(long from, long to, int offset) {
        boolean holds(long second) {
            return second >= from && second < to;
        }
    }

    int offset(long second) {
        if (!last.holds(second)) {
            Stretch found = other.holds(second) ? other : stretch(second);
            other = last;
            last = found;
        }
        return last.offset;
    }

    private Stretch stretch(long second) {
        Instant instant = Instant.ofEpochSecond(second);
        int offset = rules.getOffset(instant).getTotalSeconds();
        @Nullable ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        @Nullable ZoneOffsetTransition after = rules.nextTransition(instant);
        return new Stretch(
                before == null ? Long.MIN_VALUE : before.toEpochSecond(),
                after == null ? Long.MAX_VALUE : after.toEpochSecond(),
                offset);
    }

    /** Epoch day of the local date. */
    long day(long second) {
        return Math.floorDiv(second + offset(second), (long) DAY);
    }

    /** Seconds since local midnight, as the clock shows them. */
    int time(long second) {
        return (int) Math.floorMod(second + offset(second), (long) DAY);
    }
}
