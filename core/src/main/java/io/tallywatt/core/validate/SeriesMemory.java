package io.tallywatt.core.validate;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What is remembered of a series while it is judged: its readings of the last {@link #DAYS} days. Belongs to one thread. */
public final class SeriesMemory {
    /** Four weeks: each kind of day comes often enough for a median. */
    public static final int DAYS = 28;

    private final Series series;
    private final ZoneId zone;

    public SeriesMemory(Series series, ZoneId zone) {
        this.series = series;
        this.zone = zone;
    }

    public Series series() {
        return series;
    }

    public ZoneId zone() {
        return zone;
    }

    /** Remembers a day as it stood before what is to be judged arrived; days may come in any order, each once. */
    public void remember(DayBlock block) {}

    /** The end of the latest reading, null if there is none. */
    public @Nullable Instant latestEnd() {
        return null;
    }
}
