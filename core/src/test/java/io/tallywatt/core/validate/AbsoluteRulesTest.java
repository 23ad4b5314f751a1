package io.tallywatt.core.validate;

import static io.tallywatt.core.validate.TestFeed.START;
import static io.tallywatt.core.validate.TestFeed.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong by itself: NEGATIVE, IMPLAUSIBLE, REGISTER_RESET. */
class AbsoluteRulesTest {
    private static final Instant TEN = at("2026-03-02T10:00:00Z");
    private final TestFeed feed = new TestFeed("generation");

    private Finding only() {
        assertThat(feed.open).hasSize(1);
        return feed.open.values().iterator().next();
    }

    @Test
    void negativeEnergyIsFound() {
        feed.give(TEN, "-0.25");
        assertThat(only().rule()).isEqualTo(RuleName.NEGATIVE);
        assertThat(only().observed()).isEqualTo("-0.25 kWh in 5 min");
        assertThat(only().expected()).isEqualTo("0 kWh or more");
        assertThat(only().value()).isEqualByComparingTo("-0.25");
        assertThat(only().low()).isEqualByComparingTo("0");
        assertThat(only().high()).isNull();
        assertThat(only().confidence()).isEqualTo("1.00");
        assertThat(only().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void negativeEnergyThatCountsInTotalsIsCritical() {
        Interval interval = new Interval(TEN, TEN.plusSeconds(300));
        feed.give(List.of(new Reading(interval, new BigDecimal("-1"), Quality.ACTUAL)), TEN.plusSeconds(300));
        assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aFlowMayRunEitherWay() {
        TestFeed flow = new TestFeed("flow");
        flow.give(TEN, "-900");
        assertThat(flow.open).isEmpty();
    }

    @Test
    void aNegativeValueThatIsCorrectedIsResolved() {
        feed.give(TEN, "-0.25");
        Verdict verdict = feed.give(TEN, "0.25");
        assertThat(verdict.resolved()).containsExactly(new Finding.Key(feed.memory.series(), RuleName.NEGATIVE, TEN));
        assertThat(feed.open(RuleName.NEGATIVE)).isEmpty();
    }

    @Test
    void aCorrectionThatIsNegativeTooReplacesTheFinding() {
        feed.give(TEN, "-0.25");
        Verdict verdict = feed.give(TEN, "-0.5");
        assertThat(verdict.resolved()).isEmpty();
        assertThat(feed.open(RuleName.NEGATIVE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed()).isEqualTo("-0.5 kWh in 5 min"));
    }

    @Test
    void theBoundOfAnIntervalIsThePlausiblePowerForItsLength() {
        feed.give(TEN, "100");
        assertThat(feed.open).isEmpty();
        feed.give(TEN.plusSeconds(300), "100.000000001");
        assertThat(only().rule()).isEqualTo(RuleName.IMPLAUSIBLE);
        assertThat(only().high()).isEqualByComparingTo("100");
        assertThat(only().expected()).isEqualTo("at most 100 kWh in 5 min (1200 kW)");
        assertThat(only().confidence()).isEqualTo("0.50");
        TestFeed halfHours = new TestFeed("generation").every(Duration.ofMinutes(30));
        halfHours.give(TEN, "600");
        assertThat(halfHours.open).isEmpty();
    }

    @Test
    void moreThanALongHoldsIsImplausibleToo() {
        feed.give(TEN, "123456789012345");
        assertThat(only().rule()).isEqualTo(RuleName.IMPLAUSIBLE);
        assertThat(only().value()).isEqualByComparingTo("123456789012345");
        assertThat(only().confidence()).isEqualTo("0.99");
        feed.give(TEN, "20");
        assertThat(feed.open(RuleName.IMPLAUSIBLE)).isEmpty();
    }

    @Test
    void oneThatIsOlderThanTheMemoryIsFoundAllTheSame() {
        feed.give(TEN, "1");
        feed.give(TEN.minus(Duration.ofDays(40)), "-1");
        feed.give(TEN.minus(Duration.ofDays(41)), "500");
        assertThat(feed.lines())
                .containsExactly(
                        "NEGATIVE 2026-01-21T10:00:00Z 2026-01-21T10:05:00Z",
                        "IMPLAUSIBLE 2026-01-20T10:00:00Z 2026-01-20T10:05:00Z");
        assertThat(feed.memory.size()).isEqualTo(1);
    }

    @Test
    void aRegisterThatBeganAnewIsNotSaidToBeNegative() {
        Instant now = START.plus(Duration.ofDays(2));
        feed.usual(START, now);
        feed.give(now, "-814.5");
        Finding reset = only();
        assertThat(reset.rule()).isEqualTo(RuleName.REGISTER_RESET);
        assertThat(reset.observed()).isEqualTo("-814.5 kWh in 5 min");
        assertThat(reset.expected()).endsWith("kWh, as nearly always; the register probably began anew");
        assertThat(reset.confidence()).isEqualTo("0.98");
        feed.give(now, "1");
        assertThat(feed.open(RuleName.REGISTER_RESET)).isEmpty();
    }

    @Test
    void aSmallerNegativeValueIsNoReset() {
        Instant now = START.plus(Duration.ofDays(2));
        feed.usual(START, now);
        feed.give(now, "-2");
        assertThat(only().rule()).isEqualTo(RuleName.NEGATIVE);
    }

    @Test
    void withoutHistoryNothingIsKnownOfResets() {
        feed.give(TEN, "-5000");
        assertThat(only().rule()).isEqualTo(RuleName.NEGATIVE);
    }

    @Test
    void aFewWattsThatAnInverterDrawsAreWorthKnowingOnly() {
        Instant now = START.plus(Duration.ofDays(2));
        feed.usual(START, now);
        Interval interval = new Interval(now, now.plusSeconds(300));
        feed.give(List.of(new Reading(interval, new BigDecimal("-0.001"), Quality.INVALID)), now.plusSeconds(302));
        assertThat(only().severity()).isEqualTo(Severity.INFO);
        assertThat(only().confidence()).isEqualTo("0.60");
    }
}
