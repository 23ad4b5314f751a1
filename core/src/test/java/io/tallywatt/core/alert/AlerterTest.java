package io.tallywatt.core.alert;

import static io.tallywatt.core.alert.Findings.SITE1;
import static io.tallywatt.core.alert.Findings.SITE2;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlerterTest {
    private static final Instant T = Instant.parse("2026-06-01T10:00:00Z");

    private final TestClock clock = new TestClock(T);
    private final FakeFindings findings = new FakeFindings();
    private final TellTale notifier = new TellTale();
    private InMemoryAlertLog log = new InMemoryAlertLog();
    private AlertPolicy policy = new AlertPolicy(Duration.ofHours(1), 3, Severity.WARNING, Duration.ofDays(2));
    private Alerter alerter = alerter();

    private Alerter alerter() {
        return new Alerter(findings, log, notifier, policy, clock);
    }

    private void restart() {
        log = new InMemoryAlertLog(log);
        alerter = alerter();
    }

    private Finding found(Series series, RuleName rule, Severity severity) {
        Finding finding = Findings.now(series, rule, severity, clock.instant());
        findings.found(finding);
        return finding;
    }

    private Finding gap() {
        return found(SITE1, RuleName.GAP, Severity.WARNING);
    }

    private AlertRun run() throws InterruptedException {
        return alerter.run();
    }

    private AlertRun runAfter(Duration time) throws InterruptedException {
        clock.advance(time);
        return alerter.run();
    }

    private AlertRun runAfterMinutes(int minutes) throws InterruptedException {
        return runAfter(Duration.ofMinutes(minutes));
    }

    /** {@code FOUND site/site1/generation GAP 2}. */
    private List<String> told() {
        List<String> told = notifier.told.stream()
                .map(a -> a.kind() + " " + a.series() + " " + a.rule() + " " + a.count())
                .toList();
        notifier.told.clear();
        return told;
    }

    @Test
    void theFirstOfAGroupIsToldAtOnce() throws Exception {
        Finding gap = gap();

        AlertRun run = run();

        Alert alert = notifier.told.getFirst();
        assertThat(alert.kind()).isEqualTo(Alert.Kind.FOUND);
        assertThat(alert.severity()).isEqualTo(Severity.WARNING);
        assertThat(alert.at()).isEqualTo(T);
        assertThat(alert.count()).isEqualTo(1);
        assertThat(alert.heldBack()).isZero();
        assertThat(alert.examples())
                .singleElement()
                .satisfies(e -> assertThat(e.finding()).isEqualTo(gap));
        assertThat(run.sent()).containsExactly(alert);
        assertThat(run.next()).isNull();
    }

    @Test
    void whatComesWithinTheCoolDownIsToldTogetherWhenItIsOver() throws Exception {
        gap();
        run();
        told();
        List<Finding> more = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(10));
            more.add(i == 3 ? found(SITE1, RuleName.GAP, Severity.CRITICAL) : gap());
            AlertRun run = run();
            assertThat(run.sent()).isEmpty();
            assertThat(run.next()).isEqualTo(T.plus(Duration.ofHours(1)));
        }
        assertThat(runAfterMinutes(9).sent()).isEmpty();

        runAfterMinutes(1);

        Alert alert = notifier.told.getFirst();
        assertThat(alert.count()).isEqualTo(5);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.examples().stream().map(e -> e.finding())).isEqualTo(more.subList(0, 3));
        assertThat(notifier.told).hasSize(1);
    }

    @Test
    void groupsDoNotWaitForEachOther() throws Exception {
        gap();
        run();
        clock.advance(Duration.ofMinutes(1));
        found(SITE1, RuleName.SPIKE, Severity.WARNING);
        found(SITE2, RuleName.GAP, Severity.WARNING);
        run();

        assertThat(told())
                .containsExactly(
                        "FOUND site/site1/generation GAP 1",
                        "FOUND site/site1/generation SPIKE 1",
                        "FOUND site/site2/generation GAP 1");
    }

    @Test
    void belowTheLeastSeverityNothingIsTold() throws Exception {
        found(SITE1, RuleName.GAP, Severity.INFO);
        run();
        gap();
        found(SITE1, RuleName.GAP, Severity.INFO);
        runAfterMinutes(1);

        assertThat(told()).isEmpty();
        assertThat(log.state("telltale").groups()).isEmpty();
        assertThat(log.state("telltale").position()).isEqualTo(3);
    }

    @Test
    void theEndIsToldOnceWhenAllThatWasToldIsResolved() throws Exception {
        Finding first = gap();
        Finding second = Findings.of(SITE1, RuleName.GAP, Severity.WARNING, T.minusSeconds(3600), T);
        findings.found(second);
        run();
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 2");

        findings.resolved(T, first);
        assertThat(runAfterMinutes(5).sent()).isEmpty();
        findings.resolved(T, second);
        runAfterMinutes(5);

        assertThat(notifier.told.getFirst().examples()).hasSize(2);
        assertThat(notifier.told.getFirst().severity()).isEqualTo(Severity.WARNING);
        assertThat(told()).containsExactly("RESOLVED site/site1/generation GAP 2");
        runAfterMinutes(100);
        restart();
        runAfterMinutes(100);
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsResolvedBeforeItWasToldIsNot() throws Exception {
        Finding first = gap();
        run();
        clock.advance(Duration.ofMinutes(5));
        Finding second = gap();
        run();
        findings.resolved(T, second);
        runAfterMinutes(60);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");

        findings.resolved(T, first);
        run();
        assertThat(told()).containsExactly("RESOLVED site/site1/generation GAP 1");
    }

    @Test
    void theEndIsNotToldWhileMoreWaits() throws Exception {
        Finding first = gap();
        run();
        clock.advance(Duration.ofMinutes(5));
        gap();
        findings.resolved(T, first);
        assertThat(run().sent()).hasSize(0);

        runAfterMinutes(55);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1", "FOUND site/site1/generation GAP 1");
    }

    @Test
    void aFindingThatComesBackAfterTheEndWaitsForTheCoolDown() throws Exception {
        Finding gap = gap();
        run();
        findings.resolved(T, gap);
        runAfterMinutes(5);
        findings.found(gap);
        runAfterMinutes(5);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1", "RESOLVED site/site1/generation GAP 1");

        runAfterMinutes(50);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");
    }

    @Test
    void aFindingThatGrowsIsNotToldAgain() throws Exception {
        Instant start = T.minusSeconds(300);
        found(SITE1, RuleName.OVERDUE, Severity.CRITICAL);
        run();
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofMinutes(5));
            Finding known = Findings.of(SITE1, RuleName.OVERDUE, Severity.CRITICAL, start, clock.instant());
            findings.found(new Finding(
                    known.series(),
                    new Interval(start, clock.instant()),
                    known.rule(),
                    known.severity(),
                    known.confidence(),
                    known.observed(),
                    known.expected(),
                    known.value(),
                    known.low(),
                    known.high(),
                    known.foundAt(),
                    0));
            if (i == 10) {
                restart();
            }
            run();
        }
        assertThat(told()).containsExactly("FOUND site/site1/generation OVERDUE 1");
    }

    @Test
    void noMoreThanSoManyAnHourAndTheLastSaysHowManyAreHeldBack() throws Exception {
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(found(Series.parse("site/s" + i + "/generation"), RuleName.GAP, Severity.WARNING));
        }
        AlertRun run = run();
        assertThat(notifier.told).extracting(Alert::heldBack).containsExactly(0L, 0L, 5L);
        assertThat(run.next()).isEqualTo(T.plus(Duration.ofHours(1)));
        runAfterMinutes(59);
        assertThat(told()).hasSize(3);

        findings.resolved(T, all.get(7));
        restart();
        runAfterMinutes(1);
        assertThat(notifier.told).extracting(Alert::heldBack).containsExactly(0L, 0L, 1L);
        assertThat(told()).hasSize(3);
        runAfterMinutes(60);
        assertThat(told()).containsExactly("FOUND site/s6/generation GAP 1");
    }

    @Test
    void theGravestComesFirstAndWhoWasToldLatelyComesLast() throws Exception {
        found(SITE1, RuleName.SPIKE, Severity.CRITICAL);
        run();
        clock.advance(Duration.ofMinutes(60));
        found(SITE1, RuleName.SPIKE, Severity.CRITICAL);
        found(SITE1, RuleName.LATE, Severity.WARNING);
        found(SITE1, RuleName.NEGATIVE, Severity.CRITICAL);
        found(SITE2, RuleName.LATE, Severity.WARNING);
        told();
        run();

        assertThat(told())
                .containsExactly(
                        "FOUND site/site1/generation NEGATIVE 1",
                        "FOUND site/site1/generation LATE 1",
                        "FOUND site/site2/generation LATE 1");
        runAfterMinutes(60);
        assertThat(told()).containsExactly("FOUND site/site1/generation SPIKE 1");
    }

    @Test
    void anEndCountsAsAnAlertOfTheHour() throws Exception {
        Finding gap = gap();
        found(SITE1, RuleName.LATE, Severity.WARNING);
        found(SITE1, RuleName.SPIKE, Severity.WARNING);
        run();
        findings.resolved(T, gap);
        runAfterMinutes(59);
        assertThat(told()).hasSize(3);
        restart();
        runAfterMinutes(1);
        assertThat(told()).containsExactly("RESOLVED site/site1/generation GAP 1");
    }

    @Test
    void anEndThatIsHeldBackIsNotToldIfItDidNotLast() throws Exception {
        Finding gap = gap();
        found(SITE1, RuleName.LATE, Severity.WARNING);
        found(SITE1, RuleName.SPIKE, Severity.WARNING);
        run();
        told();
        findings.resolved(T, gap);
        runAfterMinutes(10);
        findings.found(gap);
        runAfterMinutes(10);
        runAfterMinutes(40);
        runAfterMinutes(100);
        assertThat(told()).isEmpty();
    }

    @Test
    void historyThatIsReadInIsNotTold() throws Exception {
        run();
        List<Finding> history = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Instant start = T.minus(Duration.ofDays(40)).plus(Duration.ofMinutes(5L * i));
            history.add(Findings.of(SITE1, RuleName.SPIKE, Severity.CRITICAL, start, T));
        }
        findings.found(history.toArray(Finding[]::new));
        run();
        assertThat(told()).isEmpty();

        gap();
        runAfterMinutes(1);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");
    }

    @Test
    void theEndOfHistoryThatIsStillNewsIsToldInOneAlertForEachGroup() throws Exception {
        run();
        List<Finding> history = new ArrayList<>();
        for (int i = 0; i < 30 * 288; i++) {
            Instant start = T.minus(Duration.ofDays(30)).plus(Duration.ofMinutes(5L * i));
            history.add(Findings.of(SITE1, RuleName.SPIKE, Severity.CRITICAL, start, T));
            history.add(Findings.of(SITE2, RuleName.GAP, Severity.WARNING, start, T));
        }
        findings.found(history.toArray(Finding[]::new));
        run();
        assertThat(told())
                .containsExactly("FOUND site/site1/generation SPIKE 576", "FOUND site/site2/generation GAP 576");
        runAfterMinutes(120);
        assertThat(told()).isEmpty();
    }

    @Test
    void aNewNotifierIsNotToldWhatOthersWereLongAgo() throws Exception {
        gap();
        clock.advance(Duration.ofDays(10));
        found(SITE2, RuleName.GAP, Severity.WARNING);
        found(SITE1, RuleName.OVERDUE, Severity.CRITICAL);
        run();
        assertThat(told())
                .containsExactly("FOUND site/site1/generation OVERDUE 1", "FOUND site/site2/generation GAP 1");
    }

    @Test
    void whatWasNewsWhenItWasFoundIsToldAfterALongStop() throws Exception {
        run();
        found(SITE2, RuleName.LATE, Severity.INFO);
        run();
        gap();
        clock.advance(Duration.ofDays(10));
        restart();
        run();
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");
    }

    @Test
    void ofAWithdrawnDeliveryNothingIsToldAndWhatWasToldEnds() throws Exception {
        Finding first = gap();
        run();
        clock.advance(Duration.ofMinutes(5));
        Finding second = gap();
        run();
        findings.withdraw(second.key());
        runAfterMinutes(60);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");

        findings.withdraw(first.key());
        runAfterMinutes(61);
        assertThat(notifier.told.getFirst().examples()).isEmpty();
        assertThat(told()).containsExactly("RESOLVED site/site1/generation GAP 1");
    }

    @Test
    void aFindingThatCeasesToMatterIsOver() throws Exception {
        Finding gap = gap();
        run();
        findings.found(
                Findings.of(SITE1, RuleName.GAP, Severity.INFO, gap.interval().start(), clock.instant()));
        runAfterMinutes(1);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1", "RESOLVED site/site1/generation GAP 1");
    }

    @Test
    void aNotifierThatFailsIsTriedAgainAfterGrowingPauses() throws Exception {
        gap();
        notifier.fails();
        AlertRun run = run();
        assertThat(run.failure()).isEqualTo("mail.example.org does not answer");
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            assertThat(run.failures()).isEqualTo(i);
            Duration pause = Duration.between(clock.instant(), run.next());
            pauses.add(pause.toSeconds());
            AlertRun early = runAfter(pause.minusMillis(1));
            assertThat(early.failure()).isNull();
            assertThat(early.failures()).isEqualTo(i);
            run = runAfter(Duration.ofMillis(1));
        }
        assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);

        notifier.works();
        run = runAfterMinutes(10);
        assertThat(run.failures()).isZero();
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");
    }

    @Test
    void whatComesWhileANotifierFailsIsToldTogetherAndWhatIsOverNotAtAll() throws Exception {
        Finding first = gap();
        notifier.fails();
        run();
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMinutes(10));
            gap();
            run();
        }
        Finding late = found(SITE2, RuleName.LATE, Severity.WARNING);
        run();
        findings.resolved(T, first, late);
        restart();
        notifier.works();
        runAfterMinutes(10);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 100");
    }

    @Test
    void aPauseThatIsAskedForIsKeptWithinReason() throws Exception {
        gap();
        notifier.asksFor(Duration.ofMinutes(3));
        AlertRun run = run();
        assertThat(run.next()).isEqualTo(T.plus(Duration.ofMinutes(3)));
        notifier.asksFor(Duration.ofDays(300));
        run = runAfterMinutes(3);
        assertThat(run.next()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        notifier.works();
        assertThat(runAfterMinutes(59).sent()).isEmpty();
        assertThat(runAfterMinutes(1).sent()).hasSize(1);
    }

    @Test
    void whatIsRefusedForGoodIsGivenUpAndHoldsUpNothing() throws Exception {
        Finding gap = gap();
        notifier.refuses();
        AlertRun run = run();
        assertThat(run.dropped())
                .singleElement()
                .satisfies(dropped -> assertThat(dropped.why()).isEqualTo("mail.example.org will not take it"));
        notifier.works();
        runAfterMinutes(60);
        findings.resolved(T, gap);
        run();
        assertThat(told()).isEmpty();

        gap();
        run();
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");
    }

    @Test
    void aNotifierThatBreaksIsAsIfItRefusedAndItsWordsAreNotRepeated() throws Exception {
        gap();
        notifier.breaks();
        AlertRun run = run();
        assertThat(run.dropped())
                .singleElement()
                .satisfies(
                        dropped -> assertThat(dropped.why()).isEqualTo("unexpected java.lang.IllegalStateException"));
    }

    @Test
    void aRestartNeitherRepeatsNorForgets() throws Exception {
        Finding first = gap();
        run();
        clock.advance(Duration.ofMinutes(10));
        gap();
        run();
        restart();
        assertThat(runAfterMinutes(49).sent()).isEmpty();
        restart();
        runAfterMinutes(1);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1", "FOUND site/site1/generation GAP 1");
        findings.resolved(T, first);
        restart();
        runAfterMinutes(200);
        assertThat(told()).isEmpty();
    }

    @Test
    void anEndThatCameWhileNobodyLookedIsTold() throws Exception {
        Finding gap = gap();
        run();
        told();
        restart();
        findings.resolved(T, gap);
        runAfterMinutes(1);
        assertThat(told()).containsExactly("RESOLVED site/site1/generation GAP 1");
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaitingForIt() throws Exception {
        gap();
        run();
        told();
        clock.advance(Duration.ofDays(-400));
        restart();
        gap();
        run();
        runAfterMinutes(59);
        assertThat(told()).isEmpty();
        runAfterMinutes(1);
        assertThat(told()).containsExactly("FOUND site/site1/generation GAP 1");
    }

    @Test
    void ofVeryManyFindingsOfAGroupTheLatestAreRemembered() throws Exception {
        run();
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            many.add(Findings.of(SITE1, RuleName.SPIKE, Severity.WARNING, T.minusSeconds(60L * i), T));
        }
        findings.found(many.toArray(Finding[]::new));
        run();
        assertThat(told()).containsExactly("FOUND site/site1/generation SPIKE 1000");
        findings.found(
                Findings.of(SITE1, RuleName.SPIKE, Severity.CRITICAL, T.minusSeconds(60L * 1499), T),
                Findings.of(SITE1, RuleName.SPIKE, Severity.CRITICAL, T.minusSeconds(30), T));
        runAfterMinutes(60);
        assertThat(told()).containsExactly("FOUND site/site1/generation SPIKE 1");
        assertThat(log.state("telltale").groups().getFirst().told()).hasSize(1000);
    }

    @Test
    void aChannelOfASeriesIsAnotherSeries() throws Exception {
        Series channel = Series.parse("site/site1/generation/E2");
        Finding ofChannel = found(channel, RuleName.GAP, Severity.WARNING);
        Finding gap = gap();
        run();
        findings.resolved(T, gap);
        runAfterMinutes(1);
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "FOUND site/site1/generation GAP 1",
                        "FOUND site/site1/generation/E2 GAP 1",
                        "RESOLVED site/site1/generation GAP 1");
        assertThat(ofChannel.series()).isEqualTo(channel);
    }
}
