package io.tallywatt.core.query;

import static io.tallywatt.core.query.GivenSites.generation;
import static io.tallywatt.core.query.GivenSites.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Moment;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnomaliesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate DAY = LocalDate.of(2026, 10, 14);
    private static final Instant NOON = Instant.parse("2026-10-14T12:00:00Z");

    private final GivenSites given = new GivenSites();

    private void site(String key, ZoneId zone) {
        given.take(generation(key), zone, sent(NOON.atZone(zone).toLocalDate(), zone, 300, Map.of(NOON, "1")));
    }

    private static AnomalySearch on(LocalDate date) {
        return new AnomalySearch("", null, new Moment.OnDate(date), new Moment.OnDate(date.plusDays(1)), null);
    }

    private static String shown(Anomaly a) {
        Finding finding = a.found().finding();
        return finding.series().key() + " " + finding.rule() + " "
                + finding.interval().start().atZone(a.zone()).toLocalDateTime();
    }

    private void spike(String site, String start) {
        Instant at = Instant.parse(start);
        given.find(generation(site), RuleName.SPIKE, at, at.plusSeconds(300));
    }

    @Test
    void aDateIsThatOfEachSeriesZone() {
        site("london", UTC);
        site("tokyo", TOKYO);
        for (String site : List.of("london", "tokyo")) {
            // 14:59 is still the 14th in Tokyo, 15:00 is the 15th.
            spike(site, "2026-10-13T15:30:00Z");
            spike(site, "2026-10-14T14:00:00Z");
            spike(site, "2026-10-14T15:00:00Z");
        }

        assertThat(given.anomalies().page(on(DAY), null, 100))
                .extracting(AnomaliesTest::shown)
                .containsExactly(
                        "london SPIKE 2026-10-14T15:00",
                        "london SPIKE 2026-10-14T14:00",
                        "tokyo SPIKE 2026-10-14T23:00",
                        "tokyo SPIKE 2026-10-14T00:30");
        assertThat(given.anomalies().counts(on(DAY)))
                .extracting(c -> c.thing() + " " + c.count())
                .containsExactly("site/london 2", "site/tokyo 2");
        assertThat(given.anomalies().counts(on(DAY.plusDays(1))))
                .extracting(c -> c.thing() + " " + c.count())
                .containsExactly("site/tokyo 1");
        assertThat(given.anomalies().days(on(DAY)).zone()).isNull();
        assertThat(given.anomalies().days(AnomalySearch.ALL).days())
                .extracting(d -> d.date() + " " + d.count())
                .containsExactly("2026-10-13 1", "2026-10-14 4", "2026-10-15 1");
    }

    @Test
    void instantsAreTheSameForAll() {
        site("london", UTC);
        site("tokyo", TOKYO);
        spike("london", "2026-10-14T14:00:00Z");
        spike("tokyo", "2026-10-14T15:00:00Z");
        AnomalySearch search =
                new AnomalySearch("", null, new Moment.At(Instant.parse("2026-10-14T14:30:00Z")), null, null);

        assertThat(given.anomalies().page(search, null, 9)).hasSize(1);
        assertThat(given.anomalies().counts(search)).hasSize(1);
    }

    @Test
    void pagesAreTheWholeListInPiecesWhateverIsLeftOutOfThem() {
        site("london", UTC);
        site("tokyo", TOKYO);
        for (int i = 0; i < 60; i++) {
            spike(
                    i % 2 == 0 ? "london" : "tokyo",
                    NOON.plusSeconds(3600L * (i - 30)).toString());
        }
        for (int size : new int[] {1, 2, 7, 60}) {
            List<String> walked = new ArrayList<>();
            Finding.@Nullable Key after = null;
            List<Anomaly> page;
            do {
                page = given.anomalies().page(on(DAY), after, size);
                page.forEach(a -> walked.add(shown(a)));
                after = page.isEmpty() ? null : page.getLast().found().finding().key();
            } while (page.size() == size);
            assertThat(walked)
                    .as("%s together", size)
                    .hasSize(24)
                    .isEqualTo(given.anomalies().page(on(DAY), null, 1000).stream()
                            .map(AnomaliesTest::shown)
                            .toList());
        }
    }

    @Test
    void manyComeInPartsAndNoneIsLost() {
        site("a", UTC);
        for (int i = 0; i < 4_001; i++) {
            spike("a", NOON.plusSeconds(300L * i).toString());
        }
        List<Instant> starts = new ArrayList<>();
        given.anomalies()
                .all(AnomalySearch.ALL)
                .forEachRemaining(a -> starts.add(a.found().finding().interval().start()));

        assertThat(starts).hasSize(4_001).doesNotHaveDuplicates();
        assertThat(given.anomalies().days(AnomalySearch.ALL).days().stream()
                        .mapToLong(DayCount::count)
                        .sum())
                .isEqualTo(4_001);
        assertThat(given.anomalies().days(AnomalySearch.ALL).zone()).isEqualTo(UTC);
    }

    @Test
    void aSeriesIsNeitherItsChannelsNorASiteThatBeginsTheSame() {
        site("a", UTC);
        site("ab", UTC);
        Series channel = new Series("site", "a", "generation", "E1");
        spike("a", "2026-10-14T14:00:00Z");
        spike("ab", "2026-10-14T14:00:00Z");
        given.find(channel, RuleName.STUCK, NOON, NOON.plusSeconds(300));

        assertThat(given.anomalies().page(of("site/a/generation"), null, 9))
                .extracting(a -> a.found().finding().rule())
                .containsExactly(RuleName.SPIKE);
        assertThat(given.anomalies().page(of(AnomalySearch.site("a")), null, 9)).hasSize(2);
        assertThat(given.anomalies().page(of(AnomalySearch.site("a b")), null, 9))
                .isEmpty();
        assertThat(AnomalySearch.site("a b")).isEqualTo("site/a~20b");
    }

    private static AnomalySearch of(String name) {
        return new AnomalySearch(name, null, null, null, null);
    }

    @Test
    void whatStartsBeforeTheRangeCountsOnItsFirstDay() {
        site("a", UTC);
        given.find(generation("a"), RuleName.STUCK, NOON.minusSeconds(200_000), NOON, NOON.plusSeconds(60));

        assertThat(given.anomalies().days(on(DAY)).days()).containsExactly(new DayCount(DAY, RuleName.STUCK, 1, 0));
    }

    @Test
    void ruleAndWhetherOpenAreAskedFor() {
        site("a", UTC);
        spike("a", "2026-10-14T14:00:00Z");
        given.find(generation("a"), RuleName.SPIKE, NOON, NOON.plusSeconds(300), NOON.plusSeconds(600));
        given.find(generation("a"), RuleName.GAP, NOON, NOON.plusSeconds(300));

        assertThat(given.anomalies().page(new AnomalySearch("", RuleName.SPIKE, null, null, true), null, 9))
                .singleElement()
                .satisfies(a -> assertThat(a.open()).isTrue());
        assertThat(given.anomalies().counts(new AnomalySearch("", RuleName.SPIKE, null, null, null)))
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.count()).isEqualTo(2);
                    assertThat(c.open()).isEqualTo(1);
                });
    }
}
