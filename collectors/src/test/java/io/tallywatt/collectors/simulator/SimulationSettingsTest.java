package io.tallywatt.collectors.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallywatt.core.time.Resolution;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationSettingsTest {
    private static final Resolution EVERY = Resolution.parse("PT5M");
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-02T00:00:00Z");

    private static void refused(String expected, Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessageContaining(expected);
    }

    @Test
    void saysWhatWasExpected() {
        refused("from 1 to 10000, but got 0", () -> SimulationSettings.live(0, EVERY, FROM, TO, 1));
        refused("an hour", () -> SimulationSettings.live(1, Resolution.parse("PT7M"), FROM, TO, 1));
        refused("an hour", () -> SimulationSettings.live(1, Resolution.DAY, FROM, TO, 1));
        refused("start of an interval", () -> SimulationSettings.live(1, EVERY, FROM.plusSeconds(1), TO, 1));
        refused("an end of an interval after", () -> SimulationSettings.live(1, EVERY, FROM, FROM, 1));
        refused("an end of an interval after", () -> SimulationSettings.live(1, EVERY, FROM, TO.plusSeconds(1), 1));
        refused("a share", () -> SimulationSettings.live(1, EVERY, FROM, TO, 1).withAnomalies(0.51));
        refused("a share", () -> SimulationSettings.live(1, EVERY, FROM, TO, 1).withAnomalies(-0.1));
        refused("a share", () -> SimulationSettings.live(1, EVERY, FROM, TO, 1).withAnomalies(Double.NaN));
        refused("a day's records", () -> settings(Shape.OBJECT, TO, false));
        refused("an end", () -> settings(Shape.ARRAY, null, false));
        refused("late", () -> settings(Shape.ARRAY, TO, true));
    }

    private static SimulationSettings settings(Shape shape, Instant to, boolean late) {
        return new SimulationSettings(1, EVERY, FROM, to, 1, 0.2, shape, Packing.DAY, late);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT30S", "PT1M", "PT5M", "PT15M", "PT30M", "PT1H"})
    void anHourIsAWholeNumberOfIntervals(String every) {
        assertThat(SimulationSettings.isInterval(Resolution.parse(every))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T10:07:31Z, 2026-11-25T10:05:00Z",
        "2026-11-25T10:05:00Z, 2026-11-25T10:05:00Z",
        "1969-12-31T23:59:59Z, 1969-12-31T23:55:00Z"
    })
    void anInstantIsInAnInterval(Instant instant, Instant start) {
        assertThat(SimulationSettings.startOfInterval(instant, EVERY)).isEqualTo(start);
    }
}
