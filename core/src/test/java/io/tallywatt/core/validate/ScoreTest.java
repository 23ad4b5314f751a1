package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final Series ONE = new Series("site", "s1", "consumption", null);
    private static final Series OTHER = new Series("site", "s2", "consumption", null);

    private static Interval minutes(int from, int to) {
        return new Interval(Instant.ofEpochSecond(60L * from), Instant.ofEpochSecond(60L * to));
    }

    private static Label label(Series series, int from, int to, String kind) {
        return new Label(series, minutes(from, to), kind);
    }

    private static Finding finding(Series series, int from, int to, RuleName rule) {
        return new Finding(
                series,
                minutes(from, to),
                rule,
                Severity.WARNING,
                BigDecimal.ONE,
                "",
                "",
                null,
                null,
                null,
                Instant.EPOCH,
                1);
    }

    @Test
    void aLabelOfARuleIsFoundByThatRuleOnly() {
        Score score = Score.of(
                List.of(label(ONE, 0, 5, "spike"), label(ONE, 10, 15, "SPIKE")),
                List.of(finding(ONE, 0, 5, RuleName.SPIKE), finding(ONE, 10, 15, RuleName.STUCK)));
        assertThat(score.byRule().get(RuleName.SPIKE)).isEqualTo(new Score.Counts(1, 0, 1, 1));
        assertThat(score.byRule().get(RuleName.STUCK)).isEqualTo(new Score.Counts(1, 0, 0, 0));
        assertThat(score.all()).isEqualTo(new Score.Counts(2, 0, 1, 1));
        assertThat(score.all().recall()).isEqualTo("0.500");
        assertThat(score.all().precision()).isEqualTo("1.000");
    }

    @Test
    void aLabelOfAnotherKindIsFoundByAnyRule() {
        Score score = Score.of(List.of(label(ONE, 0, 1440, "holiday")), List.of(finding(ONE, 30, 35, RuleName.STUCK)));
        assertThat(score.byKind().get("holiday")).isEqualTo(new Score.Counts(0, 0, 1, 0));
    }

    @Test
    void touchingIsNoOverlapAndOtherSeriesDoNotCount() {
        Score score = Score.of(
                List.of(label(ONE, 5, 10, "any")),
                List.of(
                        finding(ONE, 0, 5, RuleName.SPIKE),
                        finding(ONE, 10, 15, RuleName.SPIKE),
                        finding(OTHER, 5, 10, RuleName.SPIKE)));
        assertThat(score.all()).isEqualTo(new Score.Counts(0, 3, 0, 1));
    }

    @Test
    void aLongLabelIsFoundByWhatBeginsLongAfterItsStart() {
        Score score = Score.of(
                List.of(label(ONE, 0, 10_000, "any"), label(ONE, 20, 21, "any")),
                List.of(finding(ONE, 9_999, 10_005, RuleName.GAP)));
        assertThat(score.all()).isEqualTo(new Score.Counts(1, 0, 1, 1));
    }

    @Test
    void withoutFindingsThereIsNoPrecision() {
        Score score = Score.of(List.of(label(ONE, 0, 5, "spike")), List.of());
        assertThat(score.all().precision()).isNull();
        assertThat(score.all().recall()).isEqualTo("0.000");
        assertThat(Score.of(List.of(), List.of()).all().recall()).isNull();
    }

    @Test
    void scoresAddUp() {
        Score one = Score.of(List.of(label(ONE, 0, 5, "gap")), List.of(finding(ONE, 0, 5, RuleName.GAP)));
        Score two = Score.of(List.of(label(ONE, 0, 5, "gap")), List.of(finding(ONE, 6, 7, RuleName.GAP)));
        assertThat(one.plus(two).byRule().get(RuleName.GAP)).isEqualTo(new Score.Counts(1, 1, 1, 1));
        assertThat(one.plus(two).byKind().get("gap")).isEqualTo(new Score.Counts(0, 0, 1, 1));
    }
}
