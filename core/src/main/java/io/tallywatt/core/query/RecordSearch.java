package io.tallywatt.core.query;

import io.tallywatt.core.time.Moment;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for. They come by {@link Position}, so that the last of one answer is where the next begins.
 *
 * @param site only of this one (its key), null for all
 * @param from only those that start at this moment or later; of a date, its midnight in the zone of the series; null for all
 * @param to only those that start before this moment, likewise
 * @param after only those behind this one, null for all
 */
public record RecordSearch(
        @Nullable String site,
        @Nullable Moment from,
        @Nullable Moment to,
        @Nullable Position after) {

    /** All there are. */
    public static final RecordSearch ALL = new RecordSearch(null, null, null, null);

    public static RecordSearch of(@Nullable String site, @Nullable Moment from, @Nullable Moment to) {
        return new RecordSearch(site, from, to, null);
    }

    /**
     * Where a record stands in the list: by start, then by site. Two of one site may start together, where what was made and what
     * was used were sent over intervals of unlike length: the shorter comes first.
     */
    public record Position(Instant start, String site, Instant end) implements Comparable<Position> {
        private static final Comparator<Position> ORDER = Comparator.comparing(Position::start)
                .thenComparing(Position::site)
                .thenComparing(Position::end);

        public static Position of(SiteRecord sent) {
            return new Position(
                    sent.interval().start(), sent.site(), sent.interval().end());
        }

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }
}
