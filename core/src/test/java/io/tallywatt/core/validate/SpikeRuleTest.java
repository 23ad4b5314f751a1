package io.tallywatt.core.validate;

import static io.tallywatt.core.validate.TestFeed.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpikeRuleTest {
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    /** The fourth Monday, at ten in the morning. */
    private static final Instant NOW = START.plus(Duration.ofDays(21)).plus(Duration.ofHours(10));

    private static TestFeed known(Instant until) {
        return new TestFeed("consumption").every(HALF_HOUR).usual(START, until);
    }

    private static Finding only(TestFeed feed) {
        assertThat(feed.open).hasSize(1);
        return feed.open.values().iterator().next();
    }

    @Test
    void whatIsUsualIsNotFound() {
        assertThat(known(START.plus(Duration.ofDays(35))).open).isEmpty();
    }

    @Test
    void aSpikeIsFoundAgainstDaysOfItsKind() {
        TestFeed feed = known(NOW);
        feed.give(NOW, "45.2");
        Finding spike = only(feed);
        assertThat(TestFeed.line(spike)).isEqualTo("SPIKE 2026-03-23T10:00:00Z 2026-03-23T10:30:00Z");
        assertThat(spike.observed()).isEqualTo("45.2 kWh in 30 min");
        assertThat(spike.expected())
                .matches("2\\.\\d+ to 3\\.\\d+ kWh \\(median (2\\.9|3|3\\.0)\\d*, on 15 weekdays at 10:00\\)");
        assertThat(spike.value()).isEqualByComparingTo("45.2");
        assertThat(spike.low()).isBetween(new BigDecimal("2"), new BigDecimal("2.8"));
        assertThat(spike.high()).isBetween(new BigDecimal("3.2"), new BigDecimal("4"));
        assertThat(spike.confidence()).isBetween(new BigDecimal("0.90"), BigDecimal.ONE);
    }

    @Test
    void whatIsUsualOnAWeekdayIsASpikeOnASunday() {
        Instant sunday = START.plus(Duration.ofDays(27)).plus(Duration.ofHours(10));
        TestFeed feed = new TestFeed("consumption").every(HALF_HOUR).usual(START.minus(Duration.ofDays(7)), sunday);
        feed.give(sunday, "3");
        assertThat(only(feed).expected()).contains("on 4 Sundays at 10:00");
    }

    @Test
    void theFirstSaturdayIsNotJudgedByWeekdays() {
        TestFeed feed = known(START.plus(Duration.ofDays(7)));
        assertThat(feed.open).isEmpty();
    }

    @Test
    void aMachineThatDoesNotRunIsUnusualToo() {
        TestFeed feed = known(NOW);
        feed.give(NOW, "0.4");
        assertThat(only(feed).rule()).isEqualTo(RuleName.SPIKE);
    }

    @Test
    void aCorrectionToAUsualValueResolvesIt() {
        TestFeed feed = known(NOW);
        feed.give(NOW, "45.2");
        Verdict verdict = feed.give(NOW, "3.02");
        assertThat(verdict.resolved()).containsExactly(new Finding.Key(feed.memory.series(), RuleName.SPIKE, NOW));
        assertThat(feed.lines()).containsExactly("CONFLICT 2026-03-23T10:00:00Z 2026-03-23T10:30:00Z");
    }

    @Test
    void aCorrectionResolvesWhatWasFoundBeforeAStartToo() {
        TestFeed before = known(NOW);
        SeriesMemory memory = new SeriesMemory(before.memory.series(), before.memory.zone());
        Days.of(before.memory).forEach(memory::remember);
        TestFeed feed = new TestFeed(memory).every(HALF_HOUR);
        Instant last = NOW.minus(HALF_HOUR);
        Verdict verdict = feed.give(last, "3.01");
        assertThat(verdict.resolved()).contains(new Finding.Key(memory.series(), RuleName.SPIKE, last));
    }

    @Test
    void aSpikeDoesNotHideTheNextOne() {
        Instant from = NOW;
        TestFeed feed = known(from);
        for (int day = 0; day < 7; day++) {
            Instant at = from.plus(Duration.ofDays(day));
            feed.give(at, "20");
            feed.usual(at.plus(HALF_HOUR), at.plus(Duration.ofDays(1)));
        }
        assertThat(feed.open(RuleName.SPIKE)).hasSize(7);
        assertThat(feed.open(RuleName.SPIKE).getLast().high()).isLessThan(new BigDecimal("4"));
    }

    @Test
    void afterTwelveInARowTheRestIsANewLevel() {
        TestFeed feed = known(NOW);
        for (int i = 0; i < 15; i++) {
            feed.give(NOW.plus(HALF_HOUR.multipliedBy(i)), "2" + i % 10);
        }
        assertThat(feed.open(RuleName.SPIKE)).hasSize(12);
    }

    @Test
    void aConstantHistoryDoesNotFlagTheLeastChange() {
        TestFeed feed = new TestFeed("flow").every(HALF_HOUR);
        for (Instant at = START; at.isBefore(NOW); at = at.plus(HALF_HOUR)) {
            feed.give(at, "50");
        }
        feed.give(NOW, "50.1");
        feed.give(NOW.plus(HALF_HOUR), "52");
        assertThat(feed.open(RuleName.SPIKE)).isEmpty();
        feed.give(NOW.plus(HALF_HOUR.multipliedBy(2)), "80");
        assertThat(feed.open(RuleName.SPIKE)).hasSize(1);
    }

    @Test
    void aHistoryOfNothingButZerosFlagsWhatIsNotNothing() {
        TestFeed feed = new TestFeed("consumption").every(HALF_HOUR);
        for (Instant at = START; at.isBefore(NOW); at = at.plus(HALF_HOUR)) {
            feed.give(at, "0");
        }
        feed.give(NOW, "4");
        assertThat(feed.lines()).containsExactly("SPIKE 2026-03-23T10:00:00Z 2026-03-23T10:30:00Z");
    }

    @Test
    void withoutTwoDaysNothingIsSaid() {
        Instant second = START.plus(Duration.ofHours(34));
        TestFeed feed = new TestFeed("consumption").usual(START, second);
        feed.give(second, "45");
        assertThat(feed.open).isEmpty();
    }

    @Test
    void withTwoDaysNeighbouringTimesHelpOut() {
        Instant third = START.plus(Duration.ofHours(58));
        TestFeed feed = new TestFeed("consumption").usual(START, third);
        feed.give(third, "45");
        assertThat(only(feed).expected()).contains("on 2 days around 10:00");
    }

    @Test
    void daysAreTakenByTheClockOfTheSite() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        ZonedDateTime from = ZonedDateTime.of(2026, 3, 9, 0, 0, 0, 0, zone);
        TestFeed feed = new TestFeed("consumption", zone).every(HALF_HOUR);
        ZonedDateTime at = from;
        // The clock is put forward on 29 March; work begins at eight by the clock before and after.
        for (; at.isBefore(from.plusDays(28)); at = at.plus(HALF_HOUR)) {
            feed.give(at.toInstant(), TestFeed.usual(at.toLocalDateTime().toInstant(ZoneOffset.UTC)));
        }
        assertThat(feed.open(RuleName.SPIKE)).isEmpty();
    }

    @Test
    void theSunDoesNotFollowTheClock() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Instant from = Instant.parse("2026-03-08T23:00:00Z");
        TestFeed feed = new TestFeed("generation", zone).every(HALF_HOUR);
        for (Instant at = from; at.isBefore(from.plus(Duration.ofDays(28))); at = at.plus(HALF_HOUR)) {
            double hour = Math.floorMod(at.getEpochSecond(), 86_400L) / 3600.0;
            double sun = Math.max(0, Math.sin((hour - 5) / 13 * Math.PI));
            feed.give(
                    at,
                    BigDecimal.valueOf(20 * sun)
                            .setScale(3, RoundingMode.HALF_EVEN)
                            .toPlainString());
        }
        assertThat(feed.open(RuleName.SPIKE)).isEmpty();
    }

    @Test
    void aCloudIsNoSpike() {
        TestFeed feed = new TestFeed("generation").every(HALF_HOUR).usual(START, NOW);
        feed.give(NOW, "0.1");
        feed.give(NOW.plus(HALF_HOUR), "9");
        assertThat(feed.lines()).containsExactly("SPIKE 2026-03-23T10:30:00Z 2026-03-23T11:00:00Z");
    }

    @Test
    void theWindMayRiseAboveAllThatWasButNotAllAtOnce() {
        TestFeed feed = new TestFeed("generation").usual(START, START.plus(Duration.ofDays(6)));
        Instant at = START.plus(Duration.ofDays(6));
        BigDecimal risen = BigDecimal.ONE;
        for (int i = 0; i < 36; i++) {
            feed.give(at, risen.setScale(3, RoundingMode.HALF_EVEN).toPlainString());
            risen = risen.multiply(new BigDecimal("1.08"));
            at = at.plus(TestFeed.STEP);
        }
        assertThat(risen).isGreaterThan(new BigDecimal("12"));
        assertThat(feed.open(RuleName.SPIKE)).isEmpty();
        feed.give(at, "40");
        assertThat(feed.open(RuleName.SPIKE)).hasSize(1);
    }

    @Test
    void energyOfAnOutageSaysSo() {
        TestFeed feed = known(NOW);
        feed.give(NOW.plus(Duration.ofHours(2)), "15");
        assertThat(feed.open(RuleName.SPIKE).getFirst().observed())
                .isEqualTo("15 kWh in 30 min, after 2 h without readings");
    }

    @Test
    void unitsFollowTheQuantity() {
        SeriesMemory memory = new SeriesMemory(new Series("border", "FR-GB", "flow", null), ZoneId.of("UTC"));
        TestFeed feed = new TestFeed(memory).every(HALF_HOUR).usual(START, NOW);
        feed.give(NOW, "-45");
        assertThat(only(feed).observed()).isEqualTo("-45 MW for 30 min");
        assertThat(only(feed).expected()).contains(" MW (median ");
        assertThat(List.of(only(feed).low().signum(), only(feed).high().signum()))
                .containsOnly(1);
    }
}
