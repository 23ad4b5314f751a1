package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:07:00Z");

    private final TestClock clock = new TestClock(NOW);
    private final InMemoryStore store = new InMemoryStore(clock);
    private final GivenFlows given = new GivenFlows(store, Grid.aroundGreatBritain());
    private final News news = new News(store, List.of("border/", "zone/"));
    private News.Memory memory;
    private Instant seen;

    @BeforeEach
    void remember() throws News.TooMuch {
        given.cable("Nemo", Map.of("2026-11-26T11:55:00Z", "1", "2026-11-26T12:00:00Z", "2"));
        memory = news.memory(NOW, 1_000);
        seen = store.changedAt();
    }

    private List<String> fresh() throws News.TooMuch {
        Instant now = store.changedAt();
        List<String> fresh = shown(news.fresh(memory, seen, NOW));
        seen = now;
        return fresh;
    }

    private static List<String> shown(List<SeriesReading> readings) {
        return readings.stream()
                .map(r ->
                        r.series().key() + " " + r.interval().start().toString().substring(5, 16) + " "
                                + Scaled.text(r.value()) + " " + r.unit() + " " + r.quality())
                .toList();
    }

    @Test
    void onlyWhatIsNewOrOtherThanItWasIsFresh() throws News.TooMuch {
        given.cable(
                "Nemo",
                Map.of("2026-11-26T11:55:00Z", "1", "2026-11-26T12:00:00Z", "2.5", "2026-11-26T12:05:00Z", "3"));
        assertThat(fresh()).containsExactly("BE-GB 11-26T12:00 2.5 MW ACTUAL", "BE-GB 11-26T12:05 3 MW ACTUAL");
        assertThat(fresh()).isEmpty();
    }

    @Test
    void otherQualityOfTheSameValueIsFresh() throws News.TooMuch {
        given.cable("Nemo", Map.of("2026-11-26T12:00:00Z", "i2"));
        assertThat(fresh()).containsExactly("BE-GB 11-26T12:00 2 MW INVALID");
    }

    @Test
    void whatIsOlderThanTwoDaysIsNoNewsAndWhatLiesAheadIs() throws News.TooMuch {
        given.cable(
                        "Nemo",
                        Map.of("2026-11-24T12:00:00Z", "8", "2026-11-24T12:05:00Z", "9", "2025-01-01T00:00:00Z", "7"))
                .price("FR", 3600, Map.of("2026-11-27T22:00:00Z", "-5"));
        assertThat(fresh()).containsExactly("BE-GB 11-24T12:05 9 MW ACTUAL", "FR 11-27T22:00 -5 EUR/MWh ACTUAL");
        assertThat(shown(news.since(Instant.EPOCH, NOW))).hasSize(4);
    }

    @Test
    void otherSeriesAreNoNewsHereAndOneCanBeNamed() throws News.TooMuch {
        given.take(
                new Series("site", "a", "generation", null),
                ZoneId.of("UTC"),
                "kWh",
                300,
                Map.of("2026-11-26T12:00:00Z", "5"));
        assertThat(fresh()).isEmpty();
        assertThat(shown(new News(store, List.of("site/a")).since(Instant.EPOCH, NOW)))
                .hasSize(1);
        assertThat(shown(new News(store, List.of("border/BE-GB/flow/Nemo")).since(Instant.EPOCH, NOW)))
                .hasSize(2);
        assertThat(shown(new News(store, List.of("border/BE-GB/flow")).since(Instant.EPOCH, NOW)))
                .isEmpty();
    }

    @Test
    void sinceTellsWholeDeliveriesAsTheyStandNow() throws News.TooMuch {
        given.cable("Nemo", Map.of("2026-11-26T12:00:00Z", "2", "2026-11-26T12:05:00Z", "3"));
        given.cable("Nemo", Map.of("2026-11-26T12:05:00Z", "4"));
        assertThat(shown(news.since(seen, NOW)))
                .containsExactly("BE-GB 11-26T12:00 2 MW ACTUAL", "BE-GB 11-26T12:05 4 MW ACTUAL");
        assertThat(news.since(store.changedAt(), NOW)).isEmpty();
    }

    @Test
    void deliveryThatWasOutdatedWhenItCameIsNotBelieved() throws News.TooMuch {
        given.cable("Nemo", Map.of("2026-11-26T12:05:00Z", "4"));
        assertThat(fresh()).hasSize(1);
        // As if it had been received before the first of all.
        new GivenFlows(store, Grid.aroundGreatBritain(), "late ")
                .cable("Nemo", Map.of("2026-11-26T12:10:00Z", "6", "2026-11-26T12:05:00Z", "5"));
        assertThat(fresh()).containsExactly("BE-GB 11-26T12:10 6 MW ACTUAL");
    }

    @Test
    void manyDaysAtOnceAreNewsAsWell() throws News.TooMuch {
        for (var cable : Grid.aroundGreatBritain().cables()) {
            given.cable(cable.name(), Map.of("2026-11-25T12:05:00Z", "4", "2026-11-26T12:05:00Z", "5"));
        }
        assertThat(fresh()).hasSize(20);
    }

    @Test
    void tooMuchIsSaidSoAndIsNoNewsAfterwards() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= News.MOST_READINGS; i++) {
            many.put(NOW.minusSeconds(5L * i).toString(), "1");
        }
        given.take(new Series("border", "FR-GB", "flow", "IFA"), ZoneId.of("Europe/London"), "MW", 5, many);
        assertThatThrownBy(() -> news.since(seen, NOW)).isInstanceOf(News.TooMuch.class);
        assertThatThrownBy(() -> news.fresh(memory, seen, NOW)).isInstanceOf(News.TooMuch.class);
        assertThat(memory.readings()).isGreaterThan(News.MOST_READINGS);
        assertThatThrownBy(() -> news.memory(NOW, 1_000)).isInstanceOf(News.TooMuch.class);
    }

    @Test
    void memoryForgetsDaysThatArePast() throws News.TooMuch {
        assertThat(memory.readings()).isEqualTo(2);
        assertThat(news.fresh(memory, seen, NOW.plus(Duration.ofDays(4)))).isEmpty();
        assertThat(memory.readings()).isZero();
    }
}
