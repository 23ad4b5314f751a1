package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final JudgeSettings SETTINGS = JudgeSettings.of(new BigDecimal(1000));
    private final SeriesMemory memory = new SeriesMemory(new Series("site", "s1", "generation", null), ZoneOffset.UTC);

    private static Arrived arrived(int reading, String value) {
        Instant start = TEN.plusSeconds(300L * reading);
        Interval interval = new Interval(start, start.plusSeconds(300));
        return new Arrived(
                new Reading(interval, new BigDecimal(value), Quality.ACTUAL),
                interval.end().plusSeconds(2),
                reading + 1);
    }

    /** Fails whenever it is asked. */
    private record Failing(RuleName name) implements Rule {
        @Override
        public void look(Arrival arrival, Said said) {
            throw new IllegalStateException("no reading of " + arrival.seen());
        }

        @Override
        public void look(Delivered delivered, Said said) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aRuleThatFailsDoesNotKeepTheOthersFromJudging() {
        List<String> failures = new ArrayList<>();
        Judge judge = new Judge(
                SETTINGS, failures::add, List.of(new Failing(RuleName.SPIKE), new NegativeRule(), new GapRule()));
        Verdict verdict = judge.judge(memory, List.of(arrived(0, "-1"), arrived(3, "2")), TEN);
        assertThat(verdict.found()).extracting(Finding::rule).containsExactly(RuleName.NEGATIVE, RuleName.GAP);
        assertThat(memory.size()).isEqualTo(2);
        assertThat(failures)
                .containsExactly("The rule SPIKE failed at site/s1/generation 2026-03-02T10:00:00Z: "
                        + "java.lang.IllegalStateException: no reading of -1 kWh in 5 min");
    }

    @Test
    void aFailureIsToldOnceACall() {
        List<String> failures = new ArrayList<>();
        Judge judge = new Judge(SETTINGS, failures::add, List.of(new Failing(RuleName.STUCK)));
        for (int i = 0; i < 3; i++) {
            judge.judge(memory, List.of(arrived(2 * i, "1"), arrived(2 * i + 1, "1")), TEN);
        }
        assertThat(failures).hasSize(3);
    }

    @Test
    void nothingArrivedIsNothingToSay() {
        assertThat(new Judge(SETTINGS).judge(memory, List.of(), TEN)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void aFindingSaysWhenItWasFoundAndByWhichDelivery() {
        Instant now = TEN.plusSeconds(1000);
        Finding finding = new Judge(SETTINGS)
                .judge(memory, List.of(arrived(0, "1"), arrived(1, "-1")), now)
                .found()
                .getFirst();
        assertThat(finding.foundAt()).isEqualTo(now);
        assertThat(finding.delivery()).isEqualTo(2);
        assertThat(finding.series()).isEqualTo(memory.series());
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aMissingReadingIsPassedOver() {
        Interval interval = new Interval(TEN, TEN.plusSeconds(300));
        Arrived missing = new Arrived(new Reading(interval, null, Quality.MISSING), TEN.plusSeconds(301), 1);
        assertThat(new Judge(SETTINGS).judge(memory, List.of(missing), TEN)).isEqualTo(Verdict.NOTHING);
        assertThat(memory.size()).isZero();
    }

    @Test
    void oneCallOrManyComeToTheSame() {
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            if (i % 7 != 3) {
                all.add(arrived(i, i % 5 == 0 ? "-1" : "1." + i));
            }
        }
        Verdict whole = new Judge(SETTINGS).judge(memory, all, TEN);
        SeriesMemory other = new SeriesMemory(memory.series(), ZoneOffset.UTC);
        Verdict pieces = Verdict.NOTHING;
        for (Arrived each : all) {
            pieces = pieces.plus(new Judge(SETTINGS).judge(other, List.of(each), TEN));
        }
        assertThat(pieces).isEqualTo(whole);
    }
}
