package io.tallywatt.core.validate;

import static io.tallywatt.core.validate.TestFeed.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapRuleTest {
    private final TestFeed feed = new TestFeed("consumption");

    private void give(String... times) {
        for (String time : times) {
            feed.give(at("2026-03-02T" + time + ":00Z"), "1.5");
        }
    }

    @Test
    void readingsThatFollowEachOtherLeaveNoGap() {
        give("10:00", "10:05", "10:10");
        assertThat(feed.lines()).isEmpty();
    }

    @Test
    void aGapIsFoundWhenTheNextReadingComes() {
        give("10:00", "10:20");
        Finding gap = feed.open(RuleName.GAP).getFirst();
        assertThat(TestFeed.line(gap)).isEqualTo("GAP 2026-03-02T10:05:00Z 2026-03-02T10:20:00Z");
        assertThat(gap.observed()).isEqualTo("nothing for 15 min");
        assertThat(gap.expected()).isEqualTo("3 readings, one every 5 min");
        assertThat(gap.severity()).isEqualTo(Severity.INFO);
        assertThat(gap.confidence()).isEqualByComparingTo("1");
        assertThat(gap.value()).isNull();
    }

    @Test
    void aReadingInTheMiddleSplitsAGap() {
        give("10:00", "10:20", "10:10");
        assertThat(feed.lines())
                .containsExactlyInAnyOrder(
                        "GAP 2026-03-02T10:05:00Z 2026-03-02T10:10:00Z",
                        "GAP 2026-03-02T10:15:00Z 2026-03-02T10:20:00Z");
    }

    @Test
    void aReadingAtItsStartMovesAGap() {
        give("10:00", "10:20", "10:05");
        assertThat(feed.lines()).containsExactly("GAP 2026-03-02T10:10:00Z 2026-03-02T10:20:00Z");
    }

    @Test
    void aGapThatIsFilledIsResolved() {
        give("10:00", "10:20", "10:10", "10:05");
        Verdict verdict = feed.give(at("2026-03-02T10:15:00Z"), "1.5");
        assertThat(verdict.found()).isEmpty();
        assertThat(verdict.resolved())
                .containsExactly(new Finding.Key(feed.memory.series(), RuleName.GAP, at("2026-03-02T10:15:00Z")));
        assertThat(feed.open).isEmpty();
    }

    @Test
    void whatIsFoundAndFilledByOneCallIsNotSaid() {
        Instant late = at("2026-03-02T12:00:00Z");
        Verdict verdict = feed.give(
                List.of(
                        feed.reading(at("2026-03-02T10:00:00Z"), "1"),
                        feed.reading(at("2026-03-02T10:10:00Z"), "1"),
                        feed.reading(at("2026-03-02T10:05:00Z"), "1")),
                late);
        assertThat(verdict.found()).isEmpty();
        assertThat(feed.open).isEmpty();
    }

    @Test
    void stampsThatJitterBySecondsLeaveNoGap() {
        feed.give(at("2026-03-02T10:00:03Z"), "1");
        feed.give(at("2026-03-02T10:05:41Z"), "1");
        feed.give(at("2026-03-02T10:10:01Z"), "1");
        assertThat(feed.lines()).isEmpty();
        assertThat(feed.memory.size()).isEqualTo(3);
    }

    @Test
    void anInvalidReadingIsNoGap() {
        give("10:00");
        feed.give(at("2026-03-02T10:05:00Z"), "-1");
        give("10:10");
        assertThat(feed.open(RuleName.GAP)).isEmpty();
    }

    @Test
    void anEarlierReadingThatComesLaterLeavesItsGapBehindIt() {
        give("10:00", "09:00");
        assertThat(feed.lines()).containsExactly("GAP 2026-03-02T09:05:00Z 2026-03-02T10:00:00Z");
    }

    @Test
    void aGapAcrossMoreThanTheMemoryHolds() {
        give("10:00");
        feed.give(at("2026-06-02T10:00:00Z"), "1");
        assertThat(feed.lines()).containsExactly("GAP 2026-03-02T10:05:00Z 2026-06-02T10:00:00Z");
        assertThat(feed.open(RuleName.GAP).getFirst().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aReadingInAGapFromBeforeTheMemoryShortensIt() {
        give("10:00");
        feed.give(at("2026-06-02T10:00:00Z"), "1");
        feed.give(at("2026-06-01T10:00:00Z"), "1");
        assertThat(feed.lines())
                .containsExactlyInAnyOrder(
                        "GAP 2026-03-02T10:05:00Z 2026-06-01T10:00:00Z",
                        "GAP 2026-06-01T10:05:00Z 2026-06-02T10:00:00Z");
    }

    @Test
    void readingsThatStandApartAsARuleMissNothing() {
        Instant from = TestFeed.START;
        for (int i = 0; i < 100; i++) {
            feed.give(from.plus(Duration.ofMinutes(15L * i)), TestFeed.usual(from.plusSeconds(i)));
        }
        int before = feed.open(RuleName.GAP).size();
        for (int i = 100; i < 200; i++) {
            if (i != 150) {
                feed.give(from.plus(Duration.ofMinutes(15L * i)), TestFeed.usual(from.plusSeconds(i)));
            }
        }
        // What was learned too late was said; from then on only what is missing is.
        assertThat(feed.open(RuleName.GAP)).hasSize(before + 1);
        assertThat(before).isLessThan(30);
        assertThat(feed.open(RuleName.GAP).getLast().expected()).isEqualTo("2 readings, one every 15 min");
    }

    @Test
    void halfHoursAndDaysHaveTheirOwnRhythm() {
        TestFeed halfHours = new TestFeed("consumption").every(Duration.ofMinutes(30));
        halfHours.give(at("2026-03-02T10:00:00Z"), "1");
        halfHours.give(at("2026-03-02T11:00:00Z"), "1");
        assertThat(halfHours.open(RuleName.GAP).getFirst().expected()).isEqualTo("1 reading, one every 30 min");
        TestFeed days = new TestFeed("consumption").every(Duration.ofDays(1));
        days.give(at("2026-03-02T00:00:00Z"), "1");
        days.give(at("2026-03-05T00:00:00Z"), "1");
        assertThat(days.open(RuleName.GAP).getFirst().observed()).isEqualTo("nothing for 2 days");
    }
}
