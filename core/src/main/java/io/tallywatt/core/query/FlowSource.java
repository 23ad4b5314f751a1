package io.tallywatt.core.query;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.reading.Series;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who says what flows. Both measure the same cables, and both are kept as series of their own. */
public enum FlowSource {
    /** The platform of all grids: of a border as a whole, published up to two hours late. */
    ENTSOE("entsoe", Duration.ofHours(2)),
    /** Great Britain's market: cable by cable, a few minutes late. */
    ELEXON("elexon", Duration.ZERO);

    /** So many of its own intervals may pass before a value is stale. */
    private static final int STALE_INTERVALS = 3;

    private final String word;
    private final Duration delay;

    FlowSource(String word, Duration delay) {
        this.word = word;
        this.delay = delay;
    }

    /** As answers name it. */
    public String word() {
        return word;
    }

    /** Whether a value of an interval of this length is older than its source usually lets it become. */
    boolean isStale(Duration age, Duration interval) {
        return age.compareTo(interval.multipliedBy(STALE_INTERVALS).plus(delay)) > 0;
    }

    /** Whose a series is; null where it is not of a border or a zone, or of neither source. */
    public static @Nullable FlowSource of(Series series) {
        boolean border = series.kind().equals(Border.KIND);
        if (border && series.channel() != null) {
            return series.quantity().equals(Border.FLOW) ? ELEXON : null;
        }
        boolean whole = border
                && (series.quantity().equals(Border.FLOW) || series.quantity().equals(Border.SCHEDULE));
        if (series.kind().equals("zone") && series.quantity().equals("price")) {
            return series.channel() == null ? ENTSOE : ELEXON;
        }
        return whole ? ENTSOE : null;
    }
}
