package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows by hand: hours and MW as they are told, of a day in 2026 that begins at midnight. */
class BorderComparisonTest {
    private static final Instant START = Instant.parse("2026-02-10T00:00:00Z");
    private static final Grid GRID = Grid.aroundGreatBritain();

    private final List<Reading> platform = new ArrayList<>();
    private final Map<String, List<Reading>> cables = new LinkedHashMap<>();
    private Instant now = START.plus(Duration.ofHours(30));
    private Border border = Border.parse("NL-GB");

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static void add(List<Reading> to, int fromMinute, int toMinute, int step, IntUnaryOperator mw) {
        for (int m = fromMinute; m < toMinute; m += step) {
            to.add(new Reading(
                    new Interval(at(m), at(m + step)), BigDecimal.valueOf(mw.applyAsInt(m)), Quality.ACTUAL));
        }
    }

    /** ENTSO-E by quarter hours. */
    private void platform(int fromMinute, int toMinute, IntUnaryOperator mw) {
        add(platform, fromMinute, toMinute, 15, mw);
    }

    private void cable(String name, int fromMinute, int toMinute, IntUnaryOperator mw) {
        add(cables.computeIfAbsent(name, n -> new ArrayList<>()), fromMinute, toMinute, 5, mw);
    }

    private Verdict compare(List<Finding> open) {
        Interval seen = new Interval(START.minus(Duration.ofDays(2)), now.plusSeconds(1));
        return new BorderComparison(GRID, border)
                .compare(new BorderComparison.Flows(platform, cables), seen, seen, open, now);
    }

    private List<Finding> found() {
        return compare(List.of()).found();
    }

    private Finding only(RuleName rule) {
        List<Finding> found = found();
        assertThat(found).extracting(Finding::rule).containsExactly(rule);
        return found.getFirst();
    }

    private static Interval minutes(int from, int to) {
        return new Interval(at(from), at(to));
    }

    @Test
    void sourcesThatAgreeAreNoFinding() {
        platform(0, 1440, m -> 980);
        cable("BritNed", 0, 1440, m -> 1000);
        assertThat(found()).isEmpty();
    }

    @Test
    void theSignOfOneIsWrong() {
        platform(0, 120, m -> 980);
        platform(120, 270, m -> -980);
        platform(270, 1440, m -> 980);
        cable("BritNed", 0, 1440, m -> 1000);
        Finding finding = only(RuleName.SOURCE_SIGN);
        assertThat(finding.series()).hasToString("border/NL-GB/flow");
        assertThat(finding.interval()).isEqualTo(minutes(120, 270));
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.value()).isEqualByComparingTo("-980");
        assertThat(finding.low()).isEqualByComparingTo("900");
        assertThat(finding.high()).isEqualByComparingTo("1100");
        assertThat(finding.observed())
                .isEqualTo("ENTSO-E has -980 MW where Elexon's cables have 1000 MW, the most of 2 h 30 min");
        assertThat(finding.expected()).contains("into GB");
        assertThat(finding.delivery()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // Less than two hours; too small; not alike in size.
        "105, 1000",
        "300, 90",
        "300, 1200",
    })
    void aShortOrSmallOrUnlikeDisagreementIsNoSign(int length, int mw) {
        platform(0, 120, m -> Math.min(mw, 1000));
        platform(120, 120 + length, m -> -Math.min(mw, 1000));
        platform(120 + length, 1440, m -> Math.min(mw, 1000));
        cable("BritNed", 0, 1440, m -> mw == 1200 ? 600 : mw);
        assertThat(found()).extracting(Finding::rule).doesNotContain(RuleName.SOURCE_SIGN);
    }

    @Test
    void smallFlowsBetweenDoNotEndAWrongSignAndAgreementDoes() {
        platform(0, 60, m -> 500);
        platform(60, 180, m -> -500);
        platform(180, 240, m -> -20);
        platform(240, 360, m -> -500);
        platform(360, 420, m -> 500);
        platform(420, 480, m -> -500);
        cable("BritNed", 0, 180, m -> 500);
        cable("BritNed", 180, 240, m -> 20);
        cable("BritNed", 240, 480, m -> 500);
        assertThat(only(RuleName.SOURCE_SIGN).interval()).isEqualTo(minutes(60, 360));
    }

    @Test
    void aFlowThatTurnsRoundWithALagIsNoSign() {
        platform(0, 600, m -> 900);
        platform(600, 1440, m -> -900);
        cable("BritNed", 0, 570, m -> 900);
        cable("BritNed", 570, 1440, m -> -900);
        assertThat(found()).isEmpty();
    }

    /** Up and down, by a step of 300 MW an hour and ramps between. */
    private static int wave(int minute) {
        int hour = Math.floorDiv(minute, 60);
        int[] levels = {100, 500, 900, 700, 200, -300, -800, -600, -100, 400, 800, 300};
        int level = levels[Math.floorMod(hour, levels.length)];
        int before = levels[Math.floorMod(hour - 1, levels.length)];
        int ramped = Math.min(30, Math.floorMod(minute, 60));
        return before + (level - before) * ramped / 30;
    }

    private static int mean(int minute, int length) {
        int sum = 0;
        for (int m = minute; m < minute + length; m += 5) {
            sum += wave(m);
        }
        return sum * 5 / length;
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, -3, -2, -1, 1, 2, 3, 4})
    void oneSourceSaysWhatTheOtherSaidBefore(int steps) {
        platform(0, 1440, m -> mean(m - 15 * steps, 15));
        cable("BritNed", 0, 1440, BorderComparisonTest::wave);
        Finding finding = only(RuleName.SOURCE_LAG);
        String by = steps == 4 || steps == -4 ? "1 h" : 15 * Math.abs(steps) + " min";
        assertThat(finding.observed())
                .startsWith(
                        steps > 0
                                ? "ENTSO-E has what Elexon had " + by + " before"
                                : "Elexon has what ENTSO-E had " + by + " before")
                .contains(" MW apart as they are, and ");
        assertThat(finding.confidence()).isGreaterThan(new BigDecimal("0.9"));
        assertThat(Duration.between(START, finding.interval().start())).isLessThan(Duration.ofHours(3));
        assertThat(Duration.between(finding.interval().end(), at(1440))).isLessThan(Duration.ofHours(3));
    }

    @Test
    void aLagIsToldForAsLongAsItLasts() {
        platform(0, 480, m -> mean(m, 15));
        platform(480, 960, m -> mean(m - 30, 15));
        platform(960, 1440, m -> mean(m, 15));
        cable("BritNed", 0, 1440, BorderComparisonTest::wave);
        Finding finding = only(RuleName.SOURCE_LAG);
        assertThat(finding.interval().start()).isBetween(at(480), at(540));
        assertThat(finding.interval().end()).isBetween(at(900), at(960));
    }

    @Test
    void flowsThatStandStillHaveNoLag() {
        platform(0, 1440, m -> m < 730 ? 900 : -900);
        cable("BritNed", 0, 1440, m -> m < 700 ? 900 : -900);
        assertThat(found()).isEmpty();
    }

    @Test
    void aCableAboveItsCapacityIsToldAtItsWorst() {
        platform(0, 1440, m -> 1000);
        cable("BritNed", 0, 300, m -> 1043);
        cable("BritNed", 300, 310, m -> 1051);
        cable("BritNed", 310, 330, m -> 1000);
        cable("BritNed", 330, 335, m -> -1200);
        cable("BritNed", 335, 600, m -> 1000);
        cable("BritNed", 600, 605, m -> 1600);
        cable("BritNed", 605, 1440, m -> 1000);
        List<Finding> found = found();
        assertThat(found).extracting(Finding::rule).containsOnly(RuleName.OVER_CAPACITY);
        assertThat(found).extracting(Finding::interval).containsExactly(minutes(300, 335), minutes(600, 605));
        assertThat(found).extracting(Finding::severity).containsExactly(Severity.WARNING, Severity.CRITICAL);
        assertThat(found.getFirst().series()).hasToString("border/NL-GB/flow/BritNed");
        assertThat(found.getFirst().observed()).isEqualTo("Elexon has up to -1200 MW for 15 min");
        assertThat(found.getFirst().expected())
                .isEqualTo("at most 1000 MW either way, which BritNed can carry, and 5 % more");
        assertThat(found.getFirst().high()).isEqualByComparingTo("1050");
    }

    @Test
    void aBorderIsNotAboveTheSumOfItsCables() {
        platform(0, 60, m -> 1060);
        platform(60, 1440, m -> 1000);
        cable("BritNed", 0, 1440, m -> 1000);
        Finding finding = only(RuleName.OVER_CAPACITY);
        assertThat(finding.series()).hasToString("border/NL-GB/flow");
        assertThat(finding.interval()).isEqualTo(minutes(0, 60));
        assertThat(finding.observed()).startsWith("ENTSO-E has up to 1060 MW for 1 h");
        assertThat(finding.expected()).contains("all cables of NL-GB together");
    }

    @Test
    void whatACableCarriesIsThatOfTheDate() {
        border = Border.parse("DK1-GB");
        Instant day = Instant.parse("2024-01-13T23:50:00Z");
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Instant from = day.plusSeconds(300L * i);
            readings.add(
                    new Reading(new Interval(from, from.plusSeconds(300)), BigDecimal.valueOf(1000), Quality.ACTUAL));
        }
        cables.put("Viking", readings);
        now = Instant.parse("2024-01-14T12:00:00Z");
        Interval seen = new Interval(day.minus(Duration.ofDays(2)), now);
        List<Finding> found = new BorderComparison(GRID, border)
                .compare(new BorderComparison.Flows(platform, cables), seen, seen, List.of(), now)
                .found();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().interval()).isEqualTo(new Interval(day, Instant.parse("2024-01-14T00:00:00Z")));
        assertThat(found.getFirst().expected()).startsWith("at most 800 MW");
    }

    @Test
    void whatEntsoeHasNotIsTold() {
        platform(0, 300, m -> 500);
        platform(420, 1440, m -> 500);
        cable("BritNed", 0, 1440, m -> 510);
        Finding finding = only(RuleName.SOURCE_GAP);
        assertThat(finding.series()).hasToString("border/NL-GB/flow");
        assertThat(finding.interval()).isEqualTo(minutes(300, 420));
        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.observed()).isEqualTo("nothing from ENTSO-E for 2 h");
        assertThat(finding.expected()).contains("Elexon's cables have 510 MW on average (BritNed 510 MW)");
        assertThat(finding.value()).isNull();
    }

    @Test
    void whatElexonHasNotOfACableIsTold() {
        border = Border.parse("FR-GB");
        platform(0, 1440, m -> 3000);
        cable("IFA", 0, 1440, m -> 1500);
        cable("IFA2", 0, 1440, m -> 900);
        cable("ElecLink", 0, 100, m -> 600);
        cable("ElecLink", 125, 300, m -> 600);
        cable("ElecLink", 700, 1440, m -> 600);
        Finding finding = only(RuleName.SOURCE_GAP);
        assertThat(finding.series()).hasToString("border/FR-GB/flow/ElecLink");
        assertThat(finding.interval()).isEqualTo(minutes(300, 700));
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.observed()).isEqualTo("nothing of ElecLink from Elexon for 6 h 40 min");
        assertThat(finding.expected()).contains("ENTSO-E has 3000 MW on average for all of FR-GB");
    }

    @Test
    void whatIsNotPublishedYetIsNotMissed() {
        now = at(600).plusSeconds(50);
        platform(0, 420, m -> 500);
        cable("BritNed", 0, 600, m -> 510);
        assertThat(found()).isEmpty();
        platform.removeIf(r -> r.interval().end().isAfter(at(360)));
        assertThat(only(RuleName.SOURCE_GAP).interval()).isEqualTo(minutes(360, 420));
    }

    @Test
    void aSilenceGrowsByWholeHoursFromTheSameStart() {
        platform(0, 330, m -> 500);
        cable("BritNed", 0, 1440, m -> 510);
        now = at(660);
        Finding first = only(RuleName.SOURCE_GAP);
        assertThat(first.interval()).isEqualTo(minutes(330, 480));
        now = at(700);
        assertThat(only(RuleName.SOURCE_GAP).interval()).isEqualTo(first.interval());
        now = at(720);
        Finding second = only(RuleName.SOURCE_GAP);
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.interval()).isEqualTo(minutes(330, 540));
    }

    @Test
    void aSourceThatNeverHadAnythingIsNotMissed() {
        cable("BritNed", 0, 1440, m -> 510);
        assertThat(found()).isEmpty();
        cables.clear();
        platform(0, 1440, m -> 510);
        assertThat(found()).isEmpty();
    }

    @Test
    void whereNeitherHasAnythingThereIsNothingToCompare() {
        platform(0, 300, m -> 500);
        platform(600, 1440, m -> 500);
        cable("BritNed", 0, 280, m -> 500);
        cable("BritNed", 600, 1440, m -> 500);
        assertThat(found()).isEmpty();
    }

    @Test
    void oneCableOfTwoMissingIsNoReasonToCompareTheRest() {
        border = Border.parse("IE-GB");
        platform(0, 1440, m -> -400);
        cable("East-West", 0, 1440, m -> 400);
        assertThat(found()).isEmpty();
        cable("Greenlink", 0, 1440, m -> 0);
        only(RuleName.SOURCE_SIGN);
    }

    @Test
    void whatIsRepairedIsResolvedAndWhatGrowsReplacesItself() {
        platform(0, 120, m -> 980);
        platform(120, 300, m -> -980);
        cable("BritNed", 0, 1440, m -> 1000);
        now = at(480);
        Finding before = only(RuleName.SOURCE_SIGN);

        platform(300, 360, m -> -980);
        Verdict grown = compare(List.of(before));
        assertThat(grown.resolved()).isEmpty();
        assertThat(grown.found()).hasSize(1);
        assertThat(grown.found().getFirst().key()).isEqualTo(before.key());
        assertThat(grown.found().getFirst().interval()).isEqualTo(minutes(120, 360));

        platform.replaceAll(r -> new Reading(r.interval(), r.value().abs(), r.quality()));
        Verdict repaired = compare(grown.found());
        assertThat(repaired.found()).isEmpty();
        assertThat(repaired.resolved()).containsExactly(before.key());
    }

    @Test
    void whatBeganBeforeWhatIsSeenStaysAndGrowsOn() {
        platform(0, 600, m -> -980);
        cable("BritNed", 0, 600, m -> 1000);
        now = at(640);
        Finding here = found().getFirst();
        Finding old = new Finding(
                here.series(),
                new Interval(START.minus(Duration.ofDays(20)), at(300)),
                here.rule(),
                here.severity(),
                here.confidence(),
                "before",
                here.expected(),
                here.value(),
                here.low(),
                here.high(),
                here.foundAt(),
                0);
        Verdict verdict = compare(List.of(old));
        assertThat(verdict.resolved()).isEmpty();
        assertThat(verdict.found()).hasSize(1);
        assertThat(verdict.found().getFirst().interval())
                .isEqualTo(new Interval(old.interval().start(), at(600)));
        platform.replaceAll(r -> new Reading(r.interval(), r.value().abs(), r.quality()));
        assertThat(compare(List.of(old))).isEqualTo(new Verdict(List.of(), List.of()));
    }
}
