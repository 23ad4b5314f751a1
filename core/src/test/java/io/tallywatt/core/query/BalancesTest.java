package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.time.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalancesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.of(2024, 6, 1);

    private final GivenSites sites = new GivenSites();

    private Balances sums(String every) {
        return Balances.of(
                new Records(sites.blocks(), sites, sites),
                new Moment.OnDate(DAY),
                new Moment.OnDate(DAY.plusDays(1)),
                Every.parse(every));
    }

    private static Instant at(String time) {
        return Instant.parse("2024-06-01T" + time + ":00Z");
    }

    @Test
    void sumsAreExactAndOnlyOfWhatCounts() {
        sites.take(
                GivenSites.generation("a"),
                UTC,
                GivenSites.sent(
                        DAY, UTC, 300, Map.of(at("10:00"), "1.000000001", at("10:05"), "i-5", at("11:00"), "2")));
        sites.take(
                new io.tallywatt.core.reading.Series("site", "a", "consumption", null),
                UTC,
                GivenSites.sent(DAY, UTC, 300, Map.of(at("10:00"), "0.4", at("10:05"), "0.1", at("11:05"), "7")));
        sites.take(GivenSites.generation("b"), UTC, GivenSites.sent(DAY, UTC, 300, Map.of(at("11:00"), "3")));

        Balances balances = sums("PT1H");
        assertThat(balances.total().generated()).isEqualByComparingTo("6.000000001");
        assertThat(balances.total().consumed()).isEqualByComparingTo("7.5");
        assertThat(balances.total().net())
                .as("of the one record of which both sides count")
                .isEqualByComparingTo("0.600000001");
        assertThat(balances.sites())
                .extracting(s -> s.site() + " " + s.balance().records())
                .containsExactly("a 4", "b 1");
        assertThat(balances.sites().getLast().balance().consumed())
                .as("not known, not 0")
                .isNull();
        assertThat(balances.sites().getFirst().last()).isEqualTo(at("11:10"));
        assertThat(balances.steps())
                .extracting(s -> s.interval().start() + " " + s.sites() + " "
                        + s.balance().records())
                .containsExactly(at("10:00") + " 1 2", at("11:00") + " 2 3");
    }

    @Test
    void ofNothingThereIsNoSum() {
        Balances balances = sums("P1D");
        assertThat(balances.total().generated()).isNull();
        assertThat(balances.total().records()).isZero();
        assertThat(balances.sites()).isEmpty();
        assertThat(balances.steps()).isEmpty();
    }
}
