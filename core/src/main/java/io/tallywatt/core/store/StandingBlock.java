package io.tallywatt.core.store;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Series;
import java.time.ZoneId;

/** A block as it stands now. */
public record StandingBlock(Series series, ZoneId zone, DayBlock block) {}
