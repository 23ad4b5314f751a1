package io.tallywatt.core.query;

import static io.tallywatt.core.query.GivenSites.consumption;
import static io.tallywatt.core.query.GivenSites.generation;
import static io.tallywatt.core.query.GivenSites.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SitesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate DAY = LocalDate.of(2026, 10, 14);
    private static final Instant NOON = Instant.parse("2026-10-14T12:00:00Z");

    private final GivenSites given = new GivenSites();

    private Delivery made(String site, Instant at, String value) {
        return given.take(generation(site), UTC, sent(at.atZone(UTC).toLocalDate(), UTC, 300, Map.of(at, value)));
    }

    private Delivery used(String site, Instant at, String value) {
        return given.take(consumption(site), UTC, sent(at.atZone(UTC).toLocalDate(), UTC, 300, Map.of(at, value)));
    }

    @Test
    void aSiteIsItsSeriesItsDatesAndItsLastRecord() {
        made("a", NOON.minusSeconds(86_400), "1");
        made("a", NOON, "5");
        used("a", NOON, "2");
        used("a", NOON.minusSeconds(300), "7");

        Site site = given.sites().find("a").orElseThrow();

        assertThat(site.zone()).isEqualTo(UTC);
        assertThat(site.first()).isEqualTo(DAY.minusDays(1));
        assertThat(site.last()).isEqualTo(DAY);
        assertThat(site.series()).containsExactly(consumption("a"), generation("a"));
        assertThat(site.latest()).isNotNull();
        assertThat(site.latest().interval().start()).isEqualTo(NOON);
        assertThat(site.latest().net()).isEqualByComparingTo("3");
        assertThat(site.latest().anomaly()).isFalse();
        assertThat(given.sites().find("b")).isEmpty();
        assertThat(given.sites().has("a")).isTrue();
        assertThat(given.sites().has("b")).isFalse();
    }

    @Test
    void theLastRecordIsOneSidedWhereTheOtherSideEndsBefore() {
        made("a", NOON, "5");
        used("a", NOON.plusSeconds(300), "2");

        SiteRecord latest = given.sites().find("a").orElseThrow().latest();

        assertThat(latest).isNotNull();
        assertThat(latest.generated()).isNull();
        assertThat(latest.consumed()).isEqualByComparingTo("2");
    }

    @Test
    void whatIsWithdrawnIsNotTheLastRecord() {
        made("a", NOON, "1");
        made("b", NOON.plusSeconds(7200), "1");
        Delivery late = made("a", NOON.plusSeconds(40L * 86_400), "9");
        given.blocks().withdraw(late.id());

        for (Site site : List.of(
                given.sites().find("a").orElseThrow(),
                given.sites().page(null, 10).getFirst())) {
            assertThat(site.latest()).isNotNull();
            assertThat(site.latest().interval().start()).isEqualTo(NOON);
            assertThat(site.last()).isEqualTo(DAY.plusDays(40));
        }
    }

    @Test
    void openAnomaliesAreCountedAndMarkTheLastRecord() {
        made("a", NOON, "1");
        made("ab", NOON, "1");
        given.find(generation("a"), RuleName.SPIKE, NOON, NOON.plusSeconds(300));
        given.find(consumption("a"), RuleName.GAP, NOON, NOON.plusSeconds(300));
        given.find(generation("a"), RuleName.LATE, NOON, NOON.plusSeconds(300), NOON.plusSeconds(900));

        assertThat(given.sites().page(null, 10))
                .extracting(s -> s.key() + " " + s.anomalies() + " "
                        + (s.latest() != null && s.latest().anomaly()))
                .containsExactly("a 2 true", "ab 0 false");
        assertThat(given.sites().find("a").orElseThrow().anomalies()).isEqualTo(2);
    }

    @Test
    void pagesFollowTheNamesOfTheSeriesAndLoseNone() {
        for (String site : List.of("a", "a-1", "a/b", "a0", "b", "Ä")) {
            made(site, NOON, "1");
            used(site, NOON, "1");
        }
        List<String> walked = new ArrayList<>();
        @Nullable String after = null;
        List<Site> page;
        do {
            page = given.sites().page(after, 2);
            page.forEach(s -> walked.add(s.key()));
            after = page.isEmpty() ? null : page.getLast().key();
        } while (page.size() == 2);

        assertThat(walked)
                .isEqualTo(given.sites().page(null, 100).stream().map(Site::key).toList())
                .containsExactly("a-1", "a", "a0", "a/b", "b", "Ä");
    }

    @Test
    void aSiteWithoutEitherSideHasNoRecord() {
        given.take(new Series("site", "a", "temperature", null), LONDON, sent(DAY, LONDON, 300, Map.of(NOON, "20")));

        assertThat(given.sites().page(null, 10)).singleElement().satisfies(s -> {
            assertThat(s.latest()).isNull();
            assertThat(s.zone()).isEqualTo(LONDON);
        });
    }
}
