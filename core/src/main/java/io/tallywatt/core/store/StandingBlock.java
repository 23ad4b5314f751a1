package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.reading.Units;
import java.time.ZoneId;

/**
 * A block as it stands now.
 *
 * @param zone of the day
 * @param unit of the values
 */
public record StandingBlock(Series series, ZoneId zone, String unit, DayBlock block) {
    /** A block of energy. */
    public StandingBlock(Series series, ZoneId zone, DayBlock block) {
        this(series, zone, Units.ENERGY, block);
    }
}
