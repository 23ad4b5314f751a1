package io.tallywatt.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainDetectorsTest {
    private static Interval minute(int i) {
        return new Interval(Instant.ofEpochSecond(60L * i), Instant.ofEpochSecond(60L * (i + 1)));
    }

    /** 10, 11, 12, 13, 14, 10, ... */
    private static List<Reading> readings(int n) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            readings.add(reading(i, 10 + i % 5));
        }
        return readings;
    }

    private static Reading reading(int i, long value) {
        return new Reading(minute(i), BigDecimal.valueOf(value), Quality.ACTUAL);
    }

    @Test
    void whatTheBeginningHadIsTheBoundAndATenthMore() {
        List<Reading> readings = readings(100);
        readings.set(5, reading(5, 20));
        readings.set(50, reading(50, 21));
        readings.set(60, reading(60, 22));
        readings.set(70, reading(70, 8));
        assertThat(PlainDetectors.fixedBound(readings)).containsExactly(minute(60), minute(70));
    }

    @Test
    void threeStandardDeviationsAreOfAllThatCameBefore() {
        List<Reading> readings = readings(100);
        // The mean is 12, the standard deviation a little over 1.4.
        readings.set(5, reading(5, 12));
        readings.set(50, reading(50, 16));
        readings.set(60, reading(60, 17));
        assertThat(PlainDetectors.threeSigma(readings)).containsExactly(minute(60));
    }
}
