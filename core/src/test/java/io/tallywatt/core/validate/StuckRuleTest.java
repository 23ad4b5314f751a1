package io.tallywatt.core.validate;

import static io.tallywatt.core.validate.TestFeed.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StuckRuleTest {
    /** The second Wednesday, at ten in the morning. */
    private static final Instant NOW = START.plus(Duration.ofDays(9)).plus(Duration.ofHours(10));

    private static TestFeed known() {
        return new TestFeed("consumption").usual(START, NOW);
    }

    private static Instant after(int readings) {
        return NOW.plus(TestFeed.STEP.multipliedBy(readings));
    }

    private static void repeat(TestFeed feed, String value, int from, int to) {
        for (int i = from; i < to; i++) {
            feed.give(after(i), value);
        }
    }

    @Test
    void fewRepeatsAreNothing() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 4);
        assertThat(feed.open).isEmpty();
    }

    @Test
    void aRunOfTheSameValueIsOneFindingThatGrows() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 12);
        assertThat(feed.lines()).containsExactly("STUCK 2026-03-11T10:00:00Z 2026-03-11T11:00:00Z");
        Finding stuck = feed.open(RuleName.STUCK).getFirst();
        assertThat(stuck.observed()).isEqualTo("12 times 3.1 kWh in 5 min running");
        assertThat(stuck.expected()).isEqualTo("another value, at the latest after 4 repeats");
        assertThat(stuck.value()).isEqualByComparingTo("3.1");
        assertThat(stuck.confidence()).isEqualTo("0.80");
    }

    @Test
    void anotherValueEndsTheRun() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 6);
        feed.usual(after(6), after(8));
        repeat(feed, "3.1", 8, 10);
        assertThat(feed.lines()).containsExactly("STUCK 2026-03-11T10:00:00Z 2026-03-11T10:30:00Z");
    }

    @Test
    void aRunInWhichAReadingIsMissingGoesOn() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 3);
        repeat(feed, "3.1", 4, 6);
        assertThat(feed.open(RuleName.STUCK)).hasSize(1);
    }

    @Test
    void aCorrectionInTheMiddleSplitsTheRun() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 12);
        feed.give(after(6), "2.9");
        assertThat(feed.open(RuleName.STUCK))
                .extracting(TestFeed::line)
                .containsExactlyInAnyOrder(
                        "STUCK 2026-03-11T10:00:00Z 2026-03-11T10:30:00Z",
                        "STUCK 2026-03-11T10:35:00Z 2026-03-11T11:00:00Z");
    }

    @Test
    void aRunThatCorrectionsLeaveTooShortIsResolved() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 6);
        feed.give(after(2), "2.9");
        assertThat(feed.open(RuleName.STUCK)).isEmpty();
    }

    @Test
    void aCorrectionOfItsFirstReadingMovesTheRun() {
        TestFeed feed = known();
        repeat(feed, "3.1", 0, 8);
        feed.give(after(0), "2.9");
        assertThat(feed.open(RuleName.STUCK))
                .extracting(TestFeed::line)
                .containsExactly("STUCK 2026-03-11T10:05:00Z 2026-03-11T10:40:00Z");
    }

    @Test
    void aRunThatGrowsAtItsFrontMovesItsStart() {
        TestFeed feed = known();
        repeat(feed, "3.1", 1, 8);
        feed.give(after(0), "3.1");
        assertThat(feed.open(RuleName.STUCK))
                .extracting(TestFeed::line)
                .containsExactly("STUCK 2026-03-11T10:00:00Z 2026-03-11T10:40:00Z");
    }

    @Test
    void aRunThatBeganBeforeAStartGoesOnUnderItsKey() {
        TestFeed before = known();
        repeat(before, "3.1", 0, 6);
        SeriesMemory memory = new SeriesMemory(before.memory.series(), before.memory.zone());
        Days.of(before.memory).forEach(memory::remember);
        TestFeed feed = new TestFeed(memory);
        repeat(feed, "3.1", 6, 8);
        assertThat(feed.lines()).containsExactly("STUCK 2026-03-11T10:00:00Z 2026-03-11T10:40:00Z");
        Verdict verdict = feed.give(after(1), "2.9");
        assertThat(verdict.resolved()).contains(new Finding.Key(memory.series(), RuleName.STUCK, NOW));
    }

    @Test
    void zerosAtNightAreNotStuckButZerosAtNoonAre() {
        TestFeed feed = new TestFeed("generation");
        Instant noon = START.plus(Duration.ofDays(9)).plus(Duration.ofHours(12));
        for (Instant at = START; at.isBefore(noon); at = at.plus(TestFeed.STEP)) {
            feed.give(at, sunny(at));
        }
        assertThat(feed.open).isEmpty();
        for (int i = 0; i < 12; i++) {
            feed.give(noon.plus(TestFeed.STEP.multipliedBy(i)), "0");
        }
        assertThat(feed.lines()).containsExactly("STUCK 2026-03-11T12:00:00Z 2026-03-11T13:00:00Z");
    }

    @Test
    void aCalmComesByAndBy() {
        TestFeed feed = new TestFeed("generation").usual(START, NOW);
        String[] calming = {"2.4", "1.6", "0.9", "0.4", "0.1"};
        for (int i = 0; i < calming.length; i++) {
            feed.give(after(i), calming[i]);
        }
        repeat(feed, "0", calming.length, 40);
        assertThat(feed.open).isEmpty();
    }

    private static String sunny(Instant at) {
        double hour = Math.floorMod(at.getEpochSecond(), 86_400L) / 3600.0;
        double sun = hour > 6 && hour < 18 ? Math.sin((hour - 6) / 12 * Math.PI) : 0;
        double cloud = 0.6 + 0.4 * new Random(at.getEpochSecond()).nextDouble();
        return BigDecimal.valueOf(20 * sun * cloud)
                .setScale(3, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    @Test
    void valuesThatOftenRepeatNeedALongerRun() {
        TestFeed feed = new TestFeed("consumption");
        // One of three values, each as likely: runs of five come every few hours.
        for (Instant at = START; at.isBefore(NOW); at = at.plus(TestFeed.STEP)) {
            feed.give(at, "0." + (1 + new Random(at.getEpochSecond() * 7919).nextInt(3)));
        }
        assertThat(feed.open(RuleName.STUCK)).isEmpty();
        repeat(feed, "0.2", 0, 60);
        assertThat(feed.open(RuleName.STUCK)).hasSize(1);
    }

    @Test
    void aConstantIsNeverStuck() {
        TestFeed feed = new TestFeed("consumption");
        for (Instant at = START; at.isBefore(NOW); at = at.plus(TestFeed.STEP)) {
            feed.give(at, "0.05");
        }
        assertThat(feed.open).isEmpty();
    }

    @Test
    void theLimitOfAnInverterIsStuckOnlyWhenItIsFirstReached() {
        TestFeed feed = new TestFeed("generation");
        Instant until = START.plus(Duration.ofDays(12));
        for (Instant at = START; at.isBefore(until); at = at.plus(TestFeed.STEP)) {
            BigDecimal sunny = new BigDecimal(sunny(at)).min(new BigDecimal("15"));
            feed.give(at, sunny.toPlainString());
        }
        Instant noon = until.plus(Duration.ofHours(11));
        for (Instant at = until; at.isBefore(noon); at = at.plus(TestFeed.STEP)) {
            feed.give(at, sunny(at));
        }
        for (int i = 0; i < 12; i++) {
            feed.give(noon.plus(TestFeed.STEP.multipliedBy(i)), "15");
        }
        assertThat(feed.lines()).containsExactly("STUCK 2026-03-02T10:40:00Z 2026-03-02T11:45:00Z");
    }
}
