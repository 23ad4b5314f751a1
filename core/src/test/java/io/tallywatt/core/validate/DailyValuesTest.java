package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One reading a day: the kinds of days must not be mixed by looking at neighbours. */
class DailyValuesTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void weekendsAmongWeekdaysAreNoSpikesButADayOfThreeIs() {
        TestFeed feed = new TestFeed("consumption").every(DAY);
        for (int day = 0; day < 28; day++) {
            feed.give(at(day), (day % 7 < 5 ? "10" : "2") + "." + day % 10);
        }
        assertThat(feed.open).isEmpty();
        feed.give(at(28), "31.2");
        assertThat(feed.lines()).containsExactly("SPIKE 2026-03-30T00:00:00Z 2026-03-31T00:00:00Z");
        assertThat(feed.open(RuleName.SPIKE).getFirst().observed()).isEqualTo("31.2 kWh in 1 day");
        assertThat(feed.open(RuleName.SPIKE).getFirst().expected()).contains("on 20 weekdays at 00:00");
    }

    private static Instant at(int day) {
        return TestFeed.START.plus(DAY.multipliedBy(day));
    }
}
