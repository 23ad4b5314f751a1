package io.tallywatt.core.query;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One step of an export: the energy of it, or the mean of what is no energy.
 *
 * @param interval the step, whole even where fewer readings were asked for
 * @param value sum of what counts, or its mean by time over what is known of the step; null where nothing counts
 * @param quality of the worst reading that counts; MISSING where none does
 * @param missing seconds of the step without a reading that counts
 */
public record Bucket(Interval interval, @Nullable BigDecimal value, Quality quality, long missing) {}
