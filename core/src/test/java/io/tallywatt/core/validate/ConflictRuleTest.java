package io.tallywatt.core.validate;

import static io.tallywatt.core.validate.TestFeed.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConflictRuleTest {
    private static final Instant TEN = at("2026-03-02T10:00:00Z");
    private final TestFeed feed = new TestFeed("consumption");

    @Test
    void theSameAgainIsNothing() {
        feed.give(TEN, "2.30");
        assertThat(feed.give(TEN, "2.3")).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void anotherValueIsAConflict() {
        feed.give(TEN, "2.3");
        feed.give(TEN, "2.35");
        Finding conflict = feed.open(RuleName.CONFLICT).getFirst();
        assertThat(TestFeed.line(conflict)).isEqualTo("CONFLICT 2026-03-02T10:00:00Z 2026-03-02T10:05:00Z");
        assertThat(conflict.observed()).isEqualTo("2.35 kWh in 5 min");
        assertThat(conflict.expected()).isEqualTo("2.3 kWh, as given before by delivery 1");
        assertThat(conflict.value()).isEqualByComparingTo("2.35");
        assertThat(conflict.low()).isEqualByComparingTo("2.3");
        assertThat(conflict.severity()).isEqualTo(Severity.WARNING);
        assertThat(conflict.delivery()).isEqualTo(2);
        assertThat(feed.open).hasSize(1);
    }

    @Test
    void stampsThatJitterAreNoWayRoundIt() {
        feed.give(TEN, "2.3");
        feed.give(TEN.plusSeconds(7), "2.4");
        assertThat(feed.lines()).containsExactly("CONFLICT 2026-03-02T10:00:07Z 2026-03-02T10:05:07Z");
        assertThat(feed.memory.size()).isEqualTo(1);
    }

    @Test
    void aSecondRowOfTheSameDeliveryIsNone() {
        feed.give(List.of(feed.reading(TEN, "2"), feed.reading(TEN, "3")), TEN.plusSeconds(303));
        assertThat(feed.open).isEmpty();
    }

    @Test
    void anEstimateThatIsReplacedIsWorthKnowing() {
        Interval interval = new Interval(TEN, TEN.plusSeconds(300));
        feed.give(List.of(new Reading(interval, new BigDecimal("2"), Quality.ESTIMATED)), TEN.plusSeconds(300));
        feed.give(TEN, "2.5");
        assertThat(feed.open(RuleName.CONFLICT).getFirst().severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void finerReadingsInTheirPlaceAreNone() {
        Interval halfHour = new Interval(TEN, TEN.plusSeconds(1800));
        feed.give(List.of(new Reading(halfHour, new BigDecimal("12"), Quality.ACTUAL)), TEN.plusSeconds(1800));
        feed.give(TEN, "2.5");
        assertThat(feed.open(RuleName.CONFLICT)).isEmpty();
        assertThat(feed.memory.latestEnd()).isEqualTo(TEN.plusSeconds(300));
    }

    @Test
    void ofOneCallTheDeliveryReceivedLastIsWhatContradicts() {
        Arrived later = new Arrived(feed.reading(TEN, "3"), TEN.plusSeconds(400), 8);
        Arrived earlier = new Arrived(feed.reading(TEN, "2"), TEN.plusSeconds(350), 7);
        feed.judge(List.of(later, earlier), TEN.plusSeconds(500));
        assertThat(feed.open(RuleName.CONFLICT).getFirst().observed()).isEqualTo("3 kWh in 5 min");
    }
}
