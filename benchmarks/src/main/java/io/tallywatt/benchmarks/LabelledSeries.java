package io.tallywatt.benchmarks;

import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.Label;
import java.util.List;

/**
 * A series of which it is known what is wrong with it.
 *
 * @param group what it is shown under
 * @param readings in the order of time
 */
record LabelledSeries(String group, Series series, List<Reading> readings, List<Label> labels) {}
