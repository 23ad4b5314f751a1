package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.Blocks;
import io.tallywatt.core.store.GivenDocument;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-11-26T12:07:00Z");

    private final Grid grid = Grid.aroundGreatBritain();
    private final InMemoryStore store = new InMemoryStore(new TestClock(NOW));
    private final Freshness freshness = new Freshness(store, store, store, new Flows(store, store, grid));

    private static Map<String, String> one(String start) {
        return new TreeMap<>(Map.of(start, "5"));
    }

    @Test
    void aSourceIsLateAfterThreeIntervalsAndTellsWhichPartsAre() {
        GivenFlows given = new GivenFlows(store, grid);
        given.cable("Nemo", one("2026-11-26T12:00:00Z"));
        given.cable("IFA", one("2026-11-26T11:40:00Z"));
        for (String site : List.of("a", "b")) {
            given.take(
                    new Series("site", site, "generation", null),
                    UTC,
                    "kWh",
                    300,
                    one(site.equals("a") ? "2026-11-26T11:55:00Z" : "2026-11-26T11:40:00Z"));
        }
        List<Freshness.Source> sources = freshness.sources(NOW);
        assertThat(sources).extracting(Freshness.Source::source).containsExactly("elexon", "sites");
        Freshness.Source cables = sources.getFirst();
        assertThat(cables.newest()).isEqualTo(Instant.parse("2026-11-26T12:05:00Z"));
        assertThat(cables.every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(cables.late()).isFalse();
        assertThat(cables.lateParts()).extracting(Freshness.Part::name).containsExactly("IFA");
        Freshness.Source feed = sources.getLast();
        assertThat(feed.parts()).isEqualTo(2);
        assertThat(feed.lateParts()).containsExactly(new Freshness.Part("b", Instant.parse("2026-11-26T11:45:00Z")));
    }

    @Test
    void metersAreAsOldAsTheirLatestTotal() {
        LocalDate day = LocalDate.of(2026, 11, 25);
        Instant known = store.take(GivenDocument.of("a")
                        .in(UTC)
                        .with(Series.meterConsumption("M1"), Blocks.filled(day, UTC, "PT1H", i -> "1")))
                .delivery()
                .knownAt();
        assertThat(freshness.sources(NOW.plus(Duration.ofDays(2))))
                .containsExactly(
                        new Freshness.Source("meters", "meter", known, Duration.ofDays(1), false, 1, List.of()));
        assertThat(freshness
                        .sources(known.plus(Duration.ofDays(3)).plusSeconds(1))
                        .getFirst()
                        .late())
                .isTrue();
    }

    @Test
    void whereNothingCameThereIsNoSource() {
        assertThat(freshness.sources(NOW)).isEmpty();
    }
}
