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
 * @param to null for all there is, which for prices is more than what has been
 * @param moving what the range is made of besides the query, for the ETag; empty where the query says all
 */
record Lately(Moment from, @Nullable Moment to, String moving) {
    private static final Duration LONG = Duration.ofHours(24);

    /** The range that nobody stated goes on in such steps, within which an answer may be the same. */
    private static final Duration STEP = Duration.ofMinutes(5);

    static Lately of(Asked asked, Instant now) {
        @Nullable Moment from = asked.moment("from");
        @Nullable Moment to = asked.moment("to");
        Ranges.check(asked, from, to);
        if (from != null) {
            return new Lately(from, to, "");
        }
        return switch (to) {
            case Moment.OnDate(var date) -> new Lately(new Moment.OnDate(date.minusDays(1)), to, "");
            case Moment.At(var instant) -> new Lately(new Moment.At(instant.minus(LONG)), to, "");
            case null -> {
                long step = STEP.toSeconds();
                Instant first = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), step) * step)
                        .minus(LONG);
                yield new Lately(new Moment.At(first), null, first.toString());
            }
        };
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
