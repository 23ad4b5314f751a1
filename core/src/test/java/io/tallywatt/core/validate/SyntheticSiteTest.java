package io.tallywatt.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How well the rules do on a site that is made up, by seeds that they were not tuned on. The figures are in judging.md. */
class SyntheticSiteTest {
    private static final int DAYS = 42;
    private static final LocalDate[] SEASONS = {
        LocalDate.of(2026, 1, 12), LocalDate.of(2026, 3, 9), LocalDate.of(2026, 6, 8), LocalDate.of(2026, 10, 5)
    };
    private static final BigDecimal PLAUSIBLE_KW = new BigDecimal(5000);

    private static Score score(double spoilt) {
        Score total = new Score(Score.Counts.NONE, Map.of(), Map.of());
        for (int season = 0; season < SEASONS.length; season++) {
            LocalDate from = SEASONS[season];
            SyntheticSite site = new SyntheticSite(
                    1000 + season,
                    spoilt,
                    from.plusDays(7).atStartOfDay(SyntheticSite.ZONE).toInstant());
            List<Finding> found = new ArrayList<>(judge("generation", site.generation(from, DAYS)));
            found.addAll(judge("consumption", site.consumption(from, DAYS)));
            total = total.plus(Score.of(site.labels(), found));
        }
        System.out.println("synthetic site, spoilt " + spoilt + ": " + total);
        return total;
    }

    private static List<Finding> judge(String quantity, List<Arrived> arrived) {
        Judge judge = new Judge(JudgeSettings.of(PLAUSIBLE_KW), failure -> {
            throw new AssertionError(failure);
        });
        SeriesMemory memory = new SeriesMemory(new Series("site", "s1", quantity, null), SyntheticSite.ZONE);
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        for (Arrived each : arrived) {
            judge.judge(memory, List.of(each), each.receivedAt())
                    .found()
                    .forEach(finding -> found.put(finding.key(), finding));
        }
        return List.copyOf(found.values());
    }

    @Test
    void aSiteWithNothingWrongIsLeftInPeace() {
        Score score = score(0);
        // 96,768 readings.
        assertThat(score.all().wrong()).isLessThan(20);
    }

    @Test
    void mostOfWhatIsWrongIsFoundAndLittleElse() {
        Score score = score(0.2);
        score.byRule().forEach((rule, counts) -> {
            assertThat(counts.precision()).describedAs("precision of " + rule).isGreaterThan(new BigDecimal("0.97"));
            assertThat(counts.recall())
                    .describedAs("recall of " + rule)
                    .isGreaterThan(new BigDecimal(rule == RuleName.SPIKE ? "0.80" : "0.97"));
        });
        assertThat(score.byRule().keySet())
                .containsExactlyInAnyOrder(
                        RuleName.NEGATIVE,
                        RuleName.SPIKE,
                        RuleName.STUCK,
                        RuleName.GAP,
                        RuleName.LATE,
                        RuleName.CONFLICT);
    }
}
