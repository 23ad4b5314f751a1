package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import io.tallywatt.core.validate.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link FindingStore} does. */
public abstract class FindingStoreContract extends StoreContract {
    private static final Series S1 = new Series("site", "site1", "generation", null);
    private static final Series S1_USE = new Series("site", "site1", "consumption", null);
    private static final Series S10 = new Series("site", "site10", "generation", null);
    private static final Instant T = Instant.parse("2024-06-30T12:00:00Z");

    private FindingStore findings() {
        return (FindingStore) store;
    }

    private static Finding finding(Series series, RuleName rule, int minute) {
        return finding(series, rule, minute, "7 kWh", 0);
    }

    /** Of five minutes, so many minutes after {@link #T}, found an hour later. */
    private static Finding finding(Series series, RuleName rule, int minute, String observed, long delivery) {
        Instant start = T.plus(Duration.ofMinutes(minute));
        return new Finding(
                series,
                new Interval(start, start.plusSeconds(300)),
                rule,
                Severity.WARNING,
                new BigDecimal("0.9"),
                observed,
                "up to 3 kWh",
                new BigDecimal("7"),
                new BigDecimal("0.25"),
                new BigDecimal("3.125"),
                T.plusSeconds(3600),
                delivery);
    }

    private void keep(Finding... found) {
        keep(List.of(found), List.of());
    }

    private void resolve(Finding... resolved) {
        keep(List.of(), Arrays.stream(resolved).map(Finding::key).toList());
    }

    private void keep(List<Finding> found, List<Finding.Key> resolved) {
        clock.advance(Duration.ofMinutes(1));
        findings().keep(new Verdict(found, resolved), clock.instant(), clock.instant());
    }

    private List<Finding> found(FindingSearch search) {
        return findings().findings(search).stream().map(StoredFinding::finding).toList();
    }

    private List<StoredFinding> all() {
        return findings().findings(FindingSearch.ALL);
    }

    private StoredFinding only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    // Keeping.

    @Test
    void nothingIsFoundOrJudgedAtFirst() {
        assertThat(findings().judgedUntil()).isEqualTo(Instant.EPOCH);
        assertThat(all()).isEmpty();
        assertThat(findings().counts(FindingSearch.ALL)).isEmpty();
        assertThat(findings().changedAfter(0, 10)).isEmpty();
        assertThat(ledger.changedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void findingIsKeptAsItWasFound() {
        Finding full = new Finding(
                Series.meterConsumption("a/b '7' %_"),
                new Interval(T.plusNanos(123_456_000), T.plus(Duration.ofDays(400))),
                RuleName.REGISTER_RESET,
                Severity.CRITICAL,
                new BigDecimal("0.333333333"),
                "it's \"odd\";\n\t\u0000\u20ac",
                "",
                new BigDecimal("-123456789012345678901234567.123456789"),
                new BigDecimal("0.000000001"),
                new BigDecimal("1.500"),
                T.plusNanos(1000),
                0);
        Finding bare = new Finding(
                S1,
                new Interval(T, T.plusNanos(1000)),
                RuleName.OVERDUE,
                Severity.INFO,
                BigDecimal.ONE,
                "nothing",
                "something",
                null,
                null,
                null,
                T,
                0);
        keep(full, bare);
        assertThat(found(FindingSearch.ALL)).containsExactly(full, bare);
        assertThat(all()).allSatisfy(stored -> assertThat(stored.resolvedAt()).isNull());
    }

    @Test
    void instantsAreKeptToTheMicrosecondAndNoIntervalIsEmpty() {
        Finding fine = new Finding(
                S1,
                new Interval(T.plusNanos(1001), T.plusNanos(1900)),
                RuleName.LATE,
                Severity.INFO,
                BigDecimal.ONE,
                "a",
                "b",
                null,
                null,
                null,
                T.plusNanos(5999),
                0);
        findings().keep(new Verdict(List.of(fine), List.of()), T.plusNanos(7001), T);
        assertThat(only().finding().interval()).isEqualTo(new Interval(T.plusNanos(1000), T.plusNanos(2000)));
        assertThat(only().finding().foundAt()).isEqualTo(T.plusNanos(5000));
        assertThat(findings().judgedUntil()).isEqualTo(T.plusNanos(7000));

        findings().keep(new Verdict(List.of(), List.of(fine.key())), T, T.plusNanos(9999));
        assertThat(only().resolvedAt()).isEqualTo(T.plusNanos(9000));
    }

    @Test
    void judgingGoesOnFromWhereItStopped() {
        findings().keep(Verdict.NOTHING, T, T.plusSeconds(1));
        assertThat(findings().judgedUntil()).isEqualTo(T);
        findings().keep(new Verdict(List.of(finding(S1, RuleName.GAP, 0)), List.of()), T.plusSeconds(5), T);
        assertThat(findings().judgedUntil()).isEqualTo(T.plusSeconds(5));
    }

    @Test
    void findingAgainReplaces() {
        keep(finding(S1, RuleName.SPIKE, 0), finding(S1, RuleName.GAP, 0), finding(S1, RuleName.SPIKE, 5));
        List<StoredFinding> before = all();
        Finding more = finding(S1, RuleName.SPIKE, 0, "9 kWh", 0);
        keep(more);
        assertThat(found(FindingSearch.ALL))
                .containsExactly(finding(S1, RuleName.SPIKE, 5), finding(S1, RuleName.GAP, 0), more);
        assertThat(all().subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(all().getLast().number()).isGreaterThan(numbers(before).getLast());
    }

    private static List<Long> numbers(List<StoredFinding> findings) {
        return findings.stream().map(StoredFinding::number).sorted().toList();
    }

    @Test
    void findingTheSameAgainChangesNothing() {
        Finding first = finding(S1, RuleName.SPIKE, 0);
        keep(first);
        StoredFinding before = only();
        Instant changedAt = ledger.changedAt();
        Finding same = new Finding(
                first.series(),
                first.interval(),
                first.rule(),
                first.severity(),
                new BigDecimal("0.900"),
                first.observed(),
                first.expected(),
                new BigDecimal("7.0"),
                first.low(),
                first.high(),
                first.foundAt().plusSeconds(60),
                first.delivery());
        keep(same);
        assertThat(only()).isEqualTo(before);
        assertThat(ledger.changedAt()).isEqualTo(changedAt);
        assertThat(findings().judgedUntil()).isEqualTo(clock.instant());
    }

    @Test
    void anyOtherWordOrNumberIsAChange() {
        Finding f = finding(S1, RuleName.SPIKE, 0);
        Interval longer = new Interval(f.interval().start(), f.interval().end().plusSeconds(1));
        BigDecimal one = BigDecimal.ONE;
        List<Finding> others = List.of(
                with(f, longer, f.severity(), f.confidence(), f.observed(), f.expected(), f.value(), f.low(), f.high()),
                with(
                        f,
                        longer,
                        Severity.INFO,
                        f.confidence(),
                        f.observed(),
                        f.expected(),
                        f.value(),
                        f.low(),
                        f.high()),
                with(f, longer, Severity.INFO, one, f.observed(), f.expected(), f.value(), f.low(), f.high()),
                with(f, longer, Severity.INFO, one, "x", f.expected(), f.value(), f.low(), f.high()),
                with(f, longer, Severity.INFO, one, "x", "y", f.value(), f.low(), f.high()),
                with(f, longer, Severity.INFO, one, "x", "y", null, f.low(), f.high()),
                with(f, longer, Severity.INFO, one, "x", "y", null, one, f.high()),
                with(f, longer, Severity.INFO, one, "x", "y", null, one, one),
                with(f, longer, Severity.INFO, one, "x", "y", one, one, one));
        keep(f);
        for (Finding other : others) {
            long number = only().number();
            keep(other);
            assertThat(only().finding()).isEqualTo(other);
            assertThat(only().number()).isGreaterThan(number);
        }
    }

    private static Finding with(
            Finding f,
            Interval interval,
            Severity severity,
            BigDecimal confidence,
            String observed,
            String expected,
            @Nullable BigDecimal value,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high) {
        return new Finding(
                f.series(),
                interval,
                f.rule(),
                severity,
                confidence,
                observed,
                expected,
                value,
                low,
                high,
                f.foundAt(),
                f.delivery());
    }

    @Test
    void whatNoLongerHoldsIsResolvedOnceAndMayBeFoundAgain() {
        Finding gap = finding(S1, RuleName.GAP, 0);
        keep(gap, finding(S1, RuleName.GAP, 60));
        long opened = all().getLast().number();
        resolve(gap);
        StoredFinding resolved = all().getLast();
        assertThat(resolved.resolvedAt()).isEqualTo(clock.instant());
        assertThat(resolved.finding()).isEqualTo(gap);
        assertThat(resolved.number()).isGreaterThan(opened + 1);
        assertThat(all().getFirst().resolvedAt()).isNull();

        resolve(gap);
        assertThat(all().getLast()).isEqualTo(resolved);
        keep(gap);
        assertThat(all().getLast().resolvedAt()).isNull();
        assertThat(all().getLast().number()).isGreaterThan(resolved.number());
    }

    @Test
    void resolvingWhatIsNotKnownIsPassedOver() {
        keep(finding(S1, RuleName.GAP, 0));
        List<StoredFinding> before = all();
        Instant changedAt = ledger.changedAt();
        resolve(finding(S1, RuleName.SPIKE, 0), finding(S10, RuleName.GAP, 0), finding(S1, RuleName.GAP, 1));
        assertThat(all()).isEqualTo(before);
        assertThat(ledger.changedAt()).isEqualTo(changedAt);
    }

    @Test
    void whatIsFoundAndResolvedInOneVerdictIsOver() {
        Finding gap = finding(S1, RuleName.GAP, 0);
        keep(List.of(gap), List.of(gap.key()));
        assertThat(only().resolvedAt()).isEqualTo(clock.instant());
        Finding longer = finding(S1, RuleName.GAP, 0, "longer", 0);
        keep(List.of(longer, gap, longer), List.of());
        assertThat(only().finding()).isEqualTo(longer);
        assertThat(only().resolvedAt()).isNull();
    }

    /** More than a store reads or numbers at a time: 5,800 changes, of which a store may keep each. */
    @Test
    void thousandsOfFindingsAreKeptAtOnce() {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 3200; i++) {
            many.add(finding(i % 2 == 0 ? S1 : S10, RuleName.SPIKE, i));
        }
        keep(many, List.of());
        assertThat(findings().counts(FindingSearch.ALL))
                .containsExactly(
                        new FindingCount("site/site1", RuleName.SPIKE, 1600, 1600),
                        new FindingCount("site/site10", RuleName.SPIKE, 1600, 1600));
        assertThat(found(FindingSearch.ALL)).isEqualTo(many.reversed());
        List<StoredFinding> before = all();
        keep(many.subList(1200, 1800), List.of());
        assertThat(all()).isEqualTo(before);
        keep(List.of(), many.subList(0, 2600).stream().map(Finding::key).toList());
        assertThat(found(new FindingSearch("", null, null, null, true, null, 9999)))
                .isEqualTo(many.subList(2600, 3200).reversed());
        List<Long> numbers = numbers(findings().changedAfter(0, 9999));
        assertThat(numbers).doesNotHaveDuplicates().hasSize(3200);
    }

    // Asking.

    @Test
    void findingsThatStartLastComeFirst() {
        Finding a = finding(S1_USE, RuleName.SPIKE, 5);
        Finding b = finding(S1, RuleName.GAP, 5);
        Finding c = finding(S1, RuleName.SPIKE, 5);
        Finding d = finding(S10, RuleName.GAP, 5);
        Finding e = finding(S1, RuleName.GAP, 0);
        keep(c, e, a, d, b);
        assertThat(found(FindingSearch.ALL)).containsExactly(a, b, c, d, e);
    }

    @Test
    void findingsComeInPages() {
        List<Finding> all = new ArrayList<>();
        for (int i = 3; i >= 0; i--) {
            for (Series series : List.of(S1_USE, S1, S10)) {
                // By name, which is another order than that in which they are declared.
                for (RuleName rule : List.of(RuleName.CONFLICT, RuleName.NEGATIVE, RuleName.SPIKE)) {
                    all.add(finding(series, rule, i));
                }
            }
        }
        keep(all.toArray(Finding[]::new));
        for (int size : List.of(1, 5, 36, 99)) {
            List<Finding> paged = new ArrayList<>();
            Finding.@Nullable Key after = null;
            while (true) {
                List<Finding> page = found(new FindingSearch("", null, null, null, null, after, size));
                assertThat(page).hasSizeLessThanOrEqualTo(size);
                if (page.isEmpty()) {
                    break;
                }
                paged.addAll(page);
                after = page.getLast().key();
            }
            assertThat(paged).as("by " + size).isEqualTo(all);
        }
        Finding.Key between = new Finding.Key(S1, RuleName.GAP, T.plusSeconds(60));
        assertThat(found(new FindingSearch("site/site1/generation", null, null, null, null, between, 1)))
                .containsExactly(finding(S1, RuleName.NEGATIVE, 1));
        assertThat(found(new FindingSearch("", RuleName.SPIKE, null, T.plusSeconds(60), null, between, 9)))
                .containsExactly(
                        finding(S1_USE, RuleName.SPIKE, 0),
                        finding(S1, RuleName.SPIKE, 0),
                        finding(S10, RuleName.SPIKE, 0));
    }

    @Test
    void findingsAreAskedForByRuleAndRangeAndWhetherTheyHold() {
        Finding early = finding(S1, RuleName.GAP, 0);
        Finding middle = finding(S1, RuleName.SPIKE, 5);
        Finding late = finding(S1, RuleName.GAP, 10);
        keep(early, middle, late);
        resolve(middle);
        assertThat(asked(RuleName.GAP, null, null, null)).containsExactly(late, early);
        assertThat(asked(RuleName.LATE, null, null, null)).isEmpty();
        assertThat(asked(null, null, null, false)).containsExactly(middle);
        assertThat(asked(null, null, null, true)).containsExactly(late, early);
        Instant five = T.plusSeconds(300);
        assertThat(asked(null, five, null, null)).containsExactly(late, middle);
        assertThat(asked(null, five.minusNanos(1000), null, null)).containsExactly(late, middle, early);
        assertThat(asked(null, null, five, null)).containsExactly(early);
        assertThat(asked(null, null, five.plusNanos(1000), null)).containsExactly(middle, early);
        assertThat(asked(RuleName.SPIKE, five, five.plusSeconds(60), false)).containsExactly(middle);
        assertThat(asked(RuleName.SPIKE, five, five.plusSeconds(60), true)).isEmpty();
    }

    private List<Finding> asked(
            @Nullable RuleName rule, @Nullable Instant from, @Nullable Instant to, @Nullable Boolean open) {
        FindingSearch search = new FindingSearch("", rule, from, to, open, null, 99);
        long counted = findings().counts(search).stream()
                .mapToLong(FindingCount::count)
                .sum();
        assertThat(counted).isEqualTo(found(search).size());
        return found(search);
    }

    @Test
    void findingsAreOfAThingOrASeriesAndNeverOfOneWhoseNameOnlyBeginsTheSame() {
        Series register = new Series("site", "site1", "generation", "E1");
        for (Series series : List.of(S1, S1_USE, S10, register, M1)) {
            keep(finding(series, RuleName.GAP, 0));
        }
        assertThat(of("site/site1")).containsExactly(S1_USE, S1, register);
        assertThat(of("site/site1/")).containsExactly(S1_USE, S1, register);
        assertThat(of("site/site10")).containsExactly(S10);
        assertThat(of("site/site1/generation")).containsExactly(S1);
        assertThat(of("site/site1/generation/")).containsExactly(register);
        assertThat(of("site/site1/generation/E1")).containsExactly(register);
        assertThat(of("site/")).containsExactly(S1_USE, S1, register, S10);
        assertThat(of("site")).containsExactly(S1_USE, S1, register, S10);
        assertThat(of("si")).isEmpty();
        assertThat(of("site/site")).isEmpty();
        assertThat(of("site/site1/gen")).isEmpty();
        assertThat(of("s%")).isEmpty();
        assertThat(of("")).containsExactly(M1, S1_USE, S1, register, S10);
    }

    private List<Series> of(String prefix) {
        List<Series> series =
                found(FindingSearch.of(prefix)).stream().map(Finding::series).toList();
        assertThat(findings().counts(FindingSearch.of(prefix)).stream()
                        .mapToLong(FindingCount::count)
                        .sum())
                .isEqualTo(series.size());
        return series;
    }

    @Test
    void findingsAreCountedByThingAndRule() {
        keep(
                finding(S1, RuleName.SPIKE, 0),
                finding(S1_USE, RuleName.SPIKE, 0),
                finding(S1_USE, RuleName.SPIKE, 5),
                finding(S1, RuleName.GAP, 0),
                finding(S10, RuleName.GAP, 0),
                finding(Series.meterConsumption("a/b"), RuleName.GAP, 0));
        resolve(finding(S1, RuleName.SPIKE, 0), finding(S10, RuleName.GAP, 0));
        List<FindingCount> all = List.of(
                new FindingCount("meter/a~2Fb", RuleName.GAP, 1, 1),
                new FindingCount("site/site1", RuleName.GAP, 1, 1),
                new FindingCount("site/site1", RuleName.SPIKE, 3, 2),
                new FindingCount("site/site10", RuleName.GAP, 1, 0));
        assertThat(findings().counts(FindingSearch.ALL)).isEqualTo(all);
        Finding.Key after = finding(S1, RuleName.GAP, 0).key();
        assertThat(findings().counts(new FindingSearch("", null, null, null, null, after, 1)))
                .isEqualTo(all);
        assertThat(findings().counts(new FindingSearch("site/", RuleName.SPIKE, null, null, false, null, 1)))
                .containsExactly(new FindingCount("site/site1", RuleName.SPIKE, 1, 0));
    }

    @Test
    void changesComeInTheirOrder() {
        Finding a = finding(S1, RuleName.GAP, 0);
        Finding b = finding(S1, RuleName.SPIKE, 0);
        Finding c = finding(S10, RuleName.GAP, 0);
        keep(c, a, b);
        assertThat(changed(0, 99)).containsExactly(c, a, b);
        long third = findings().changedAfter(0, 99).getLast().number();
        assertThat(changed(third, 99)).isEmpty();
        resolve(a);
        Finding more = finding(S10, RuleName.GAP, 0, "more", 0);
        keep(more);
        assertThat(changed(third, 99)).containsExactly(a, more);
        assertThat(changed(third, 1)).containsExactly(a);
        assertThat(changed(0, 2)).containsExactly(b, a);
        assertThat(findings().changedAfter(third, 1).getFirst().resolvedAt()).isNotNull();
    }

    private List<Finding> changed(long number, int limit) {
        return findings().changedAfter(number, limit).stream()
                .map(StoredFinding::finding)
                .toList();
    }

    // Deliveries.

    @Test
    void findingsOfAWithdrawnDeliveryAreNotShownUntilItIsTakenAgain() {
        Delivery a = take(document("a", M1, "1 2 3 4"));
        Delivery b = take(document("b", M2, "1 2 3 4"));
        Finding ofA = finding(M1, RuleName.SPIKE, 0, "x", a.id());
        Finding ofB = finding(M2, RuleName.SPIKE, 0, "x", b.id());
        Finding ofNone = finding(M1, RuleName.OVERDUE, 0);
        keep(ofA, ofB, ofNone);
        List<StoredFinding> before = all();
        assertThat(before).hasSize(3);

        withdraw(a);
        assertThat(found(FindingSearch.ALL)).containsExactly(ofNone, ofB);
        assertThat(changed(0, 99)).containsExactly(ofB, ofNone);
        assertThat(findings().counts(FindingSearch.ALL))
                .containsExactly(
                        new FindingCount("meter/M1", RuleName.OVERDUE, 1, 1),
                        new FindingCount("meter/M2", RuleName.SPIKE, 1, 1));

        ledger.quarantine("a", a.digest(), 100, RECEIVED, "contradictory dates");
        assertThat(found(FindingSearch.ALL)).containsExactly(ofNone, ofB);
        take(document("a", M1, "1 2 3 4"));
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void findingThatIsNotShownIsKnownStill() {
        Delivery a = take(document("a", M1, "1 2 3 4"));
        Finding ofA = finding(M1, RuleName.SPIKE, 0, "x", a.id());
        keep(ofA);
        long number = only().number();
        withdraw(a);
        keep(ofA);
        assertThat(all()).isEmpty();
        Finding byNone = finding(M1, RuleName.SPIKE, 0, "x", 0);
        keep(byNone);
        assertThat(only().finding()).isEqualTo(byNone);
        assertThat(only().number()).isGreaterThan(number);
    }

    // When the store changed.

    @Test
    void everyChangeOfFindingsIsSeenByWhenItBecameKnown() {
        Delivery a = take(document("a", M1, "1 2 3 4"));
        Finding gap = finding(M1, RuleName.GAP, 0);
        keep(gap);
        Instant found = ledger.changedAt();
        assertThat(found).isEqualTo(clock.instant()).isAfter(a.knownAt());
        findings().keep(Verdict.NOTHING, clock.instant().plusSeconds(9), clock.instant());
        assertThat(ledger.changedAt()).isEqualTo(found);
        resolve(gap);
        assertThat(ledger.changedAt()).isEqualTo(clock.instant()).isAfter(found);
    }

    @Test
    void whatBecomesKnownAfterFindingsChangedIsLaterThoughTheClockGoesBack() {
        Finding gap = finding(M1, RuleName.GAP, 0);
        keep(gap);
        Instant found = ledger.changedAt();
        clock.advance(Duration.ofHours(-5));
        Delivery a = store.take(document("a", M1, "1 2 3 4")).delivery();
        assertThat(a.knownAt()).isAfter(found);
        assertThat(shown(M1, DAY, found)).isEqualTo("none");
        resolve(gap);
        assertThat(ledger.changedAt()).isAfter(a.knownAt());
        assertThat(Objects.requireNonNull(only().resolvedAt())).isEqualTo(clock.instant());
    }
}
