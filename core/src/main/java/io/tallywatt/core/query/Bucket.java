package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The energy of one step of an export.
 *
 * @param interval the step, whole even where fewer readings were asked for
 * @param value sum of what counts, null where nothing does
 * @param quality of the worst reading that counts; MISSING where none does
 * @param missing seconds of the step without a reading that counts
 */
public record Bucket(Interval interval, @Nullable BigDecimal value, Quality quality, long missing) {}
