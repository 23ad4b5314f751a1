package io.tallywatt.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DeliveryDayTest {
    private static DeliveryDay day(String date, String zone) {
        return new DeliveryDay(LocalDate.parse(date), ZoneId.of(zone));
    }

    @Test
    void springForwardDayHas46HalfHours() {
        assertThat(day("2024-03-31", "Europe/London").intervals(Resolution.HALF_HOUR))
                .isEqualTo(46);
    }

    @Test
    void fallBackDayHas50HalfHours() {
        assertThat(day("2024-10-27", "Europe/London").intervals(Resolution.HALF_HOUR))
                .isEqualTo(50);
    }

    @Test
    void plainDayHas48HalfHours() {
        assertThat(day("2024-05-01", "Europe/London").intervals(Resolution.HALF_HOUR))
                .isEqualTo(48);
        assertThat(day("2024-03-31", "UTC").intervals(Resolution.HALF_HOUR)).isEqualTo(48);
    }

    @Test
    void everyDayIsOneDailyInterval() {
        assertThat(day("2024-03-31", "Europe/London").intervals(Resolution.DAY)).isEqualTo(1);
        assertThat(day("2024-10-27", "Europe/London").intervals(Resolution.DAY)).isEqualTo(1);
    }

    @Test
    void resolutionThatDoesNotFitIsRefused() {
        DeliveryDay lordHowe = day("2024-04-07", "Australia/Lord_Howe");
        assertThat(lordHowe.length()).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
        assertThat(lordHowe.intervals(Resolution.HALF_HOUR)).isEqualTo(49);
        assertThatThrownBy(() -> lordHowe.intervals(Resolution.HOUR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2024-04-07")
                .hasMessageContaining("PT1H");
    }

    @Test
    void dayEndsWhereTheNextStarts() {
        DeliveryDay day = day("2024-10-27", "Europe/Paris");
        assertThat(day.end()).isEqualTo(day("2024-10-28", "Europe/Paris").start());
    }
}
