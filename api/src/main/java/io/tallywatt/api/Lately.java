package io.tallywatt.api;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.query.SeriesReading;
import io.tallywatt.core.time.Moment;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range that is the last 24 hours unless something else is asked for.
 *
 * @param from where nothing was stated: of what is asked about last, 24 hours before its end
 * @param to where nothing was stated, well ahead of now: prices are known a day or two before, flows are not
 * @param moving what the range is made of besides the query, for the ETag; empty where the query says all
 */
record Lately(Moment from, Moment to, String moving) {
    private static final Duration LONG = Duration.ofHours(24);

    /** Nothing is known further ahead. */
    private static final Duration AHEAD = Duration.ofDays(3);

    /** The range that nobody stated goes on in such steps, within which an answer may be the same. */
    private static final Duration STEP = Duration.ofMinutes(5);

    static Lately of(Asked asked, Instant now) {
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        Ranges.check(asked, from, to);
        if (from != null) {
            return new Lately(from, to == null ? ahead(from, now) : to, "");
        }
        return switch (to) {
            case Moment.OnDate end -> new Lately(new Moment.OnDate(end.date().minusDays(1)), end, "");
            case Moment.At end -> new Lately(new Moment.At(end.instant().minus(LONG)), end, "");
            case null -> {
                long step = STEP.toSeconds();
                Instant first = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), step) * step)
                        .minus(LONG);
                yield new Lately(new Moment.At(first), ahead(new Moment.At(first), now), first.toString());
            }
        };
    }

    /** The end of what is past by now, in the steps in which a range goes on that nobody stated. */
    static Instant until(Instant now) {
        long step = STEP.toSeconds();
        return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), step) + 1) * step);
    }

    /** An end behind everything that is known, of a range that may begin later still. */
    private static Moment ahead(Moment from, Instant now) {
        Instant begin = from.in(Moment.WESTERNMOST);
        return new Moment.At((begin.isAfter(now) ? begin : now).plus(AHEAD));
    }

    /** Where a list goes on. */
    static String cursor(String list, SeriesReading last) {
        return Cursor.of(list, last.interval().start() + " " + last.series());
    }

    static SeriesReading.Position position(String list, String cursor) {
        String[] parts = Cursor.read(list, cursor).split(" ", 2);
        if (parts.length == 2) {
            try {
                return new SeriesReading.Position(
                        Values.instant(parts[0]), Values.series(parts[1]).toString());
            } catch (Values.Unexpected e) {
                // Not one of ours, as below.
            }
        }
        throw new Values.Unexpected(Cursor.EXPECTED, cursor);
    }
}
