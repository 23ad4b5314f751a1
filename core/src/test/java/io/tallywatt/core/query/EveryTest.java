package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.time.Interval;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryTest {
    @ParameterizedTest
    @CsvSource({
        // A plain day, the hour that is skipped, the two that look the same, and a short last step.
        "PT30M, Europe/London, 2024-05-01T10:44:59Z, 2024-05-01T10:30:00Z, 2024-05-01T11:00:00Z",
        "PT1H,  Europe/London, 2024-03-31T01:30:00Z, 2024-03-31T01:00:00Z, 2024-03-31T02:00:00Z",
        "PT1H,  Europe/London, 2024-10-27T00:15:00Z, 2024-10-27T00:00:00Z, 2024-10-27T01:00:00Z",
        "PT1H,  Europe/London, 2024-10-27T01:15:00Z, 2024-10-27T01:00:00Z, 2024-10-27T02:00:00Z",
        "PT2H,  Europe/London, 2024-03-31T22:59:59Z, 2024-03-31T22:00:00Z, 2024-03-31T23:00:00Z",
        "PT1H,  Asia/Kolkata,  2024-05-01T00:00:00Z, 2024-04-30T23:30:00Z, 2024-05-01T00:30:00Z",
        "P1D,   Europe/London, 2024-03-31T12:00:00Z, 2024-03-31T00:00:00Z, 2024-03-31T23:00:00Z",
        "P1D,   Europe/London, 2024-10-27T12:00:00Z, 2024-10-26T23:00:00Z, 2024-10-28T00:00:00Z",
        "P1M,   Europe/London, 2024-10-27T12:00:00Z, 2024-09-30T23:00:00Z, 2024-11-01T00:00:00Z",
        "P1M,   UTC,           2024-02-29T23:59:59Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        // At one past midnight the clock goes back to the old date, but the new day has begun.
        "P1D,   America/St_Johns, 2009-11-01T02:45:00Z, 2009-11-01T02:30:00Z, 2009-11-02T03:30:00Z",
        "PT30M, America/St_Johns, 2009-11-01T02:45:00Z, 2009-11-01T02:30:00Z, 2009-11-01T03:00:00Z",
        "P1M,   America/St_Johns, 2009-11-01T02:45:00Z, 2009-11-01T02:30:00Z, 2009-12-01T03:30:00Z",
        "P1D,   Pacific/Apia,  2011-12-30T09:00:00Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z"
    })
    void stepsCountFromLocalMidnight(String every, String zone, Instant at, Instant start, Instant end) {
        assertThat(Every.parse(every).around(at, ZoneId.of(zone))).isEqualTo(new Interval(start, end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PT7M", "P2D", "PT0S", "PT25H", "30", "PT0.5S", "P1Y", "pt"})
    void otherStepsAreRefused(String text) {
        assertThatThrownBy(() -> Every.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT30M")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void dayOfTwentyFourHoursInOneStepIsADay() {
        assertThat(Every.parse("P1D")).isEqualTo(new Every.Day());
    }
}
