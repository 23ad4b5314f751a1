package io.tallywatt.api.chart;

import static io.tallywatt.core.query.GivenSites.consumption;
import static io.tallywatt.core.query.GivenSites.generation;
import static io.tallywatt.core.query.GivenSites.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.query.AnomalySearch;
import io.tallywatt.core.query.GivenSites;
import io.tallywatt.core.query.Site;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From records and findings to what is drawn. */
class SiteChartTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2026, 10, 14);
    private static final Instant START = Instant.parse("2026-10-14T00:00:00Z");

    private final GivenSites given = new GivenSites();

    @BeforeEach
    void fill() {
        Map<Instant, String> values = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            values.put(at(i), i == 2 ? "i-1.8" : i == 3 ? "26.4" : "1");
        }
        given.take(generation("a"), UTC, sent(DAY, UTC, 300, values));
        given.take(consumption("a"), UTC, sent(DAY, UTC, 300, Map.of(at(0), "5")));
    }

    private static Instant at(int step) {
        return START.plusSeconds(300L * step);
    }

    private Balance balance(@Nullable Moment from, @Nullable Moment to) {
        Site site = given.sites().find("a").orElseThrow();
        return new SiteChart(site, from, to, "simulated").draw(given.records(), given.anomalies());
    }

    @Test
    void wholeDaysAreShownWhereNobodySetARange() {
        Balance balance = balance(null, null);

        assertThat(balance.range()).isEqualTo(new Interval(START, START.plusSeconds(86_400)));
        assertThat(balance.subtitle()).isEqualTo("per 5 min");
        assertThat(balance.title()).isEqualTo("Generation and consumption of site a");
        assertThat(balance.generation()).hasSize(12);
        assertThat(balance.consumption()).hasSize(1);
    }

    @Test
    void aRangeIsAskedForByItsMoments() {
        Balance balance = balance(new Moment.At(at(3)), new Moment.At(at(6)));

        assertThat(balance.generation()).extracting(p -> p.interval().start()).containsExactly(at(3), at(4), at(5));
        assertThat(balance.range().start()).isEqualTo(at(3));
        assertThat(balance.range().end()).isEqualTo(at(6));
    }

    @Test
    void whatIsFoundWrongIsNoPartOfTheLineWhatIsDoubtedIs() {
        given.find(generation("a"), RuleName.SPIKE, at(3), at(4));
        given.find(generation("a"), RuleName.CONFLICT, at(5), at(6));
        given.find(generation("a"), RuleName.STUCK, at(7), at(11));
        given.find(generation("a"), RuleName.LATE, at(1), at(2));
        given.find(consumption("a"), RuleName.GAP, at(1), at(9));
        given.find(consumption("a"), RuleName.SPIKE, at(4), at(5));
        given.find(new Series("site", "a", "generation", "E1"), RuleName.SPIKE, at(0), at(1));
        given.find(generation("a"), RuleName.SPIKE, at(0), at(1), at(9));

        Balance balance = balance(null, null);

        assertThat(balance.generation().stream()
                        .filter(p -> p.quality() == Quality.INVALID)
                        .map(p -> p.interval().start()))
                .containsExactly(at(2), at(3));
        assertThat(balance.flags())
                .extracting(f -> f.rule() + " " + f.shape() + " " + f.words() + " "
                        + f.interval().start())
                .containsExactlyInAnyOrder(
                        "Spike OUTLINED 26.4, usual 12 to 14 " + at(3),
                        "Conflict OUTLINED 26.4, usual 12 to 14 " + at(5),
                        "Stuck RUN at 26.4 " + at(7),
                        "Invalid FILLED −1.8, left out " + at(2));
        assertThat(balance.flags().stream().filter(f -> f.rule().equals("Spike")))
                .singleElement()
                .satisfies(f -> assertThat(f.expected()).isEqualByComparingTo("14"));
    }

    @Test
    void anInvalidValueThatARuleSpeaksOfIsMarkedOnce() {
        given.find(generation("a"), RuleName.NEGATIVE, at(2), at(3));

        assertThat(balance(null, null).flags()).extracting(Balance.Flag::rule).containsExactly("Negative");
    }

    private Graphic drawn(AnomalySearch search, AnomalyChart.Kind kind) {
        return new AnomalyChart(search, DAY.plusDays(9), null).draw(given.anomalies(), kind);
    }

    @Test
    void theSpreadNamesSitesShortlyAndOtherThingsWhole() {
        given.find(generation("a"), RuleName.SPIKE, at(3), at(4));
        given.find(consumption("a"), RuleName.SPIKE, at(3), at(4));
        given.find(consumption("b"), RuleName.GAP, at(3), at(4), at(9));

        Spread spread = (Spread) drawn(AnomalySearch.ALL, AnomalyChart.Kind.SPREAD);
        assertThat(spread.rows())
                .containsExactly(
                        new Spread.Row("a", Map.of(RuleName.SPIKE, 2L)), new Spread.Row("b", Map.of(RuleName.GAP, 1L)));
        assertThat(spread.notes()).containsExactly("all dates");

        given.find(new Series("home", "h", "consumption", null), RuleName.STUCK, at(3), at(4));
        spread = (Spread) drawn(
                new AnomalySearch("", null, new Moment.OnDate(DAY), new Moment.At(at(200)), true),
                AnomalyChart.Kind.SPREAD);
        assertThat(spread.rows()).extracting(Spread.Row::name).containsExactly("site/a", "home/h");
        assertThat(spread.notes())
                .containsExactly(
                        "from 14 Oct 2026 until before 14 Oct 2026 16:40, dates of each site's own zone", "open only");
    }

    @Test
    void aTrendRunsFromTheFirstDayToTheLastOrOverTheRange() {
        given.find(generation("a"), RuleName.SPIKE, at(3), at(4));
        given.find(generation("a"), RuleName.SPIKE, at(3 + 288 * 4), at(4 + 288 * 4));

        Trend trend = (Trend) drawn(AnomalySearch.ALL, AnomalyChart.Kind.TREND);
        assertThat(trend.first()).isEqualTo(DAY);
        assertThat(trend.end()).isEqualTo(DAY.plusDays(5));
        assertThat(trend.zone()).isEqualTo(UTC);
        assertThat(trend.days()).hasSize(2);

        trend = (Trend) drawn(
                new AnomalySearch(
                        "site/a", RuleName.SPIKE, new Moment.OnDate(DAY.minusDays(3)), new Moment.At(at(288)), null),
                AnomalyChart.Kind.TREND);
        assertThat(trend.first()).isEqualTo(DAY.minusDays(3));
        assertThat(trend.end()).isEqualTo(DAY.plusDays(1));
        assertThat(trend.title()).isEqualTo("Anomalies of site/a over time");
        assertThat(trend.notes()).containsExactly("rule spike");
    }

    @Test
    void aTrendOfNothingIsTodayOrTheRange() {
        Trend trend = (Trend) drawn(AnomalySearch.ALL, AnomalyChart.Kind.TREND);
        assertThat(trend.first()).isEqualTo(DAY.plusDays(9));
        assertThat(trend.end()).isEqualTo(DAY.plusDays(10));

        trend = (Trend) drawn(new AnomalySearch("", null, null, new Moment.OnDate(DAY), null), AnomalyChart.Kind.TREND);
        assertThat(trend.first()).isEqualTo(DAY.minusDays(1));
        assertThat(trend.end()).isEqualTo(DAY);
    }
}
