package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverdueRuleTest {
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private final TestFeed feed = new TestFeed("consumption");

    private static Instant after(int readings) {
        return TEN.plus(TestFeed.STEP.multipliedBy(readings));
    }

    @Test
    void nothingIsOverdueWhileTheNextMayStillCome() {
        feed.usual(TEN, after(20));
        assertThat(feed.overdue(after(24))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void whatShouldHaveComeIsOverdueOnce() {
        feed.usual(TEN, after(20));
        feed.overdue(after(24).plusSeconds(1));
        Finding overdue = feed.open(RuleName.OVERDUE).getFirst();
        assertThat(TestFeed.line(overdue)).isEqualTo("OVERDUE 2026-03-02T11:40:00Z 2026-03-02T11:45:00Z");
        assertThat(overdue.observed()).isEqualTo("nothing after 2026-03-02T11:40:00Z");
        assertThat(overdue.expected()).isEqualTo("something by 2026-03-02T12:00:00Z: a reading every 5 min");
        assertThat(overdue.severity()).isEqualTo(Severity.WARNING);
        assertThat(overdue.delivery()).isZero();
        assertThat(feed.overdue(after(25))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void afterAnHourItIsCritical() {
        feed.usual(TEN, after(20));
        feed.overdue(after(25));
        Verdict verdict = feed.overdue(after(37));
        assertThat(verdict.found())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.CRITICAL));
        assertThat(feed.open).hasSize(1);
        assertThat(feed.overdue(after(200))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void theNextReadingResolvesIt() {
        feed.usual(TEN, after(20));
        feed.overdue(after(25));
        feed.give(after(3), "1.234", after(26));
        assertThat(feed.open(RuleName.OVERDUE)).hasSize(1);
        feed.give(after(24), "1", after(26));
        assertThat(feed.open(RuleName.OVERDUE)).isEmpty();
    }

    @Test
    void thereIsOneFindingForAThingAndAnyOfItsSeriesEndsIt() {
        TestFeed generation = new TestFeed("generation");
        feed.usual(TEN, after(20));
        generation.usual(TEN, after(20));
        Judge judge = new Judge(JudgeSettings.of(TestFeed.PLAUSIBLE_KW));
        List<SeriesMemory> site = List.of(generation.memory, feed.memory);
        Verdict verdict = judge.overdue(site, after(25));
        assertThat(verdict.found())
                .extracting(finding -> finding.series().quantity())
                .containsExactly("consumption");
        assertThat(judge.overdue(site, after(26))).isEqualTo(Verdict.NOTHING);
        assertThat(generation.give(after(25), "1").resolved())
                .contains(verdict.found().getFirst().key());
    }

    @Test
    void aThingOfWhichOneSeriesGoesOnIsNotOverdue() {
        TestFeed generation = new TestFeed("generation");
        feed.usual(TEN, after(20));
        generation.usual(TEN, after(60));
        Judge judge = new Judge(JudgeSettings.of(TestFeed.PLAUSIBLE_KW));
        assertThat(judge.overdue(List.of(feed.memory, generation.memory), after(62)))
                .isEqualTo(Verdict.NOTHING);
    }

    @Test
    void whatIsRememberedFromBeforeAStartIsOverdueAndResolvedUnderTheSameKey() {
        feed.usual(TEN, after(20));
        SeriesMemory memory = new SeriesMemory(feed.memory.series(), ZoneOffset.UTC);
        Days.of(feed.memory).forEach(memory::remember);
        TestFeed second = new TestFeed(memory);
        assertThat(second.overdue(after(30)).found()).hasSize(1);
        SeriesMemory other = new SeriesMemory(feed.memory.series(), ZoneOffset.UTC);
        Days.of(feed.memory).forEach(other::remember);
        Verdict verdict = new TestFeed(other).give(after(40), "1");
        assertThat(verdict.resolved())
                .contains(second.open(RuleName.OVERDUE).getFirst().key());
    }

    @Test
    void whatHasBeenSilentForAWeekWhenFirstLookedAtIsLeftAlone() {
        feed.usual(TEN, after(20));
        assertThat(feed.overdue(after(21).plus(Duration.ofDays(7)))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void aFileOfLastWeekIsNotFollowedByOneOfThisWeek() {
        List<Reading> file = new ArrayList<>();
        for (int i = 0; i < 288; i++) {
            file.add(feed.reading(after(i), TestFeed.usual(after(i))));
        }
        feed.give(file, after(288).plus(Duration.ofDays(2)));
        assertThat(feed.overdue(after(288).plus(Duration.ofDays(2)).plusSeconds(60)))
                .isEqualTo(Verdict.NOTHING);
    }

    @Test
    void aThingThatSendsADayAtOnceMayBeSilentForADay() {
        int found = 0;
        for (int day = 0; day < 8; day++) {
            List<Reading> document = new ArrayList<>();
            for (int i = 0; i < 288; i++) {
                document.add(feed.reading(after(day * 288 + i), TestFeed.usual(after(day * 288 + i))));
            }
            feed.give(document, after(day * 288 + 290));
            found += feed.overdue(after(day * 288 + 500)).found().size();
        }
        // Once, before the first day was over.
        assertThat(found).isEqualTo(1);
        assertThat(feed.open).isEmpty();
        assertThat(feed.overdue(after(8 * 288 + 310)).found()).hasSize(1);
    }

    @Test
    void ofNothingNothingIsOverdue() {
        Judge judge = new Judge(JudgeSettings.of(TestFeed.PLAUSIBLE_KW));
        SeriesMemory empty = new SeriesMemory(new Series("site", "s9", "generation", null), ZoneOffset.UTC);
        assertThat(judge.overdue(List.of(empty), TEN)).isEqualTo(Verdict.NOTHING);
        assertThat(judge.overdue(List.of(), TEN)).isEqualTo(Verdict.NOTHING);
    }
}
