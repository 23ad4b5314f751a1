package io.tallywatt.benchmarks;

import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What people do without rules, to compare with. Both learn as they go, from what came before alone, as ours do; binary floating
 * point is good enough for them.
 */
final class PlainDetectors {
    /** NAB's own allowance: nothing is expected of a detector in the first 15 % of a file. */
    private static final int LEARN_PERCENT = 15;

    private static final int SIGMAS = 3;

    private PlainDetectors() {}

    /** Outside of what the first 15 % of the series ever had, and a tenth of that range more. */
    static List<Interval> fixedBound(List<Reading> readings) {
        int learned = readings.size() * LEARN_PERCENT / 100;
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int i = 0; i < learned; i++) {
            low = Math.min(low, value(readings.get(i)));
            high = Math.max(high, value(readings.get(i)));
        }
        double room = (high - low) / 10;
        List<Interval> found = new ArrayList<>();
        for (int i = learned; i < readings.size(); i++) {
            double value = value(readings.get(i));
            if (value < low - room || value > high + room) {
                found.add(readings.get(i).interval());
            }
        }
        return found;
    }

    /** More than three standard deviations from the mean of all that came before, once 15 % of the series did. */
    static List<Interval> threeSigma(List<Reading> readings) {
        int learned = readings.size() * LEARN_PERCENT / 100;
        double mean = 0;
        double squares = 0;
        List<Interval> found = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            double value = value(readings.get(i));
            if (i >= learned && i > 1 && Math.abs(value - mean) > SIGMAS * Math.sqrt(squares / (i - 1))) {
                found.add(readings.get(i).interval());
            }
            // Welford's way of a running variance.
            double before = value - mean;
            mean += before / (i + 1);
            squares += before * (value - mean);
        }
        return found;
    }

    private static double value(Reading reading) {
        return Objects.requireNonNull(reading.value()).doubleValue();
    }
}
