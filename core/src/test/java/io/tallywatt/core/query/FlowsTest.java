package io.tallywatt.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Cable.Capacity;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.core.time.Moment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:07:00Z");

    private Grid grid = Grid.aroundGreatBritain();
    private final InMemoryStore store = new InMemoryStore(new TestClock(NOW));
    private final GivenFlows given = new GivenFlows(store, grid);

    private BorderFlow latest(String border, Instant now) {
        return new Flows(store, store, grid)
                .latest(now).stream()
                        .filter(b -> b.border().toString().equals(border))
                        .findFirst()
                        .orElseThrow();
    }

    private BorderFlow latest(String border) {
        return latest(border, NOW);
    }

    private static FlowAt shown(BorderFlow border) {
        return Objects.requireNonNull(border.shown());
    }

    private static String words(@Nullable FlowAt flow) {
        return flow == null
                ? "not known"
                : flow.source().word() + " " + Scaled.text(flow.mw()) + " until "
                        + flow.interval().end()
                        + (flow.cables() == 0 ? "" : " " + flow.cablesKnown() + " of " + flow.cables())
                        + (flow.stale() ? " stale" : "");
    }

    @Test
    void borderOfWhichNothingIsKnownIsThereAndNotZero() {
        List<BorderFlow> all = new Flows(store, store, grid).latest(NOW);
        assertThat(all)
                .extracting(b -> b.border().toString())
                .containsExactly("FR-GB", "BE-GB", "NL-GB", "NO2-GB", "DK1-GB", "IE-GB", "NIR-GB");
        assertThat(all).allSatisfy(b -> {
            assertThat(b.shown()).isNull();
            assertThat(b.others()).isEmpty();
            assertThat(b.direction(b.shown())).isEqualTo("not known");
            assertThat(b.cables()).isNotEmpty().allMatch(c -> c.latest() == null);
        });
        assertThat(all.getFirst().capacityMw()).isEqualTo(OptionalInt.of(4000));
    }

    @Test
    void borderIsTheExactSumOfItsCablesAtOneInterval() {
        given.cable("IFA", Map.of("2026-11-26T11:55:00Z", "1500.25", "2026-11-26T12:00:00Z", "1501.5"))
                .cable("IFA2", Map.of("2026-11-26T11:55:00Z", "900", "2026-11-26T12:00:00Z", "-901.125"))
                .cable("ElecLink", Map.of("2026-11-26T11:55:00Z", "1", "2026-11-26T12:00:00Z", "0"));
        BorderFlow france = latest("FR-GB");
        assertThat(words(france.shown())).isEqualTo("elexon 600.375 until 2026-11-26T12:05:00Z 3 of 3");
        assertThat(shown(france).age()).isEqualTo(Duration.ofMinutes(2));
        assertThat(shown(france).share()).isEqualTo(new BigDecimal("0.1501"));
        assertThat(france.direction(france.shown())).isEqualTo("from France into Great Britain");
        assertThat(france.cables())
                .extracting(c -> c.cable().name(), c -> words(c.latest()), c -> france.direction(c.latest()))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "IFA", "elexon 1501.5 until 2026-11-26T12:05:00Z", "from France into Great Britain"),
                        org.assertj.core.groups.Tuple.tuple(
                                "IFA2", "elexon -901.125 until 2026-11-26T12:05:00Z", "out of Great Britain to France"),
                        org.assertj.core.groups.Tuple.tuple(
                                "ElecLink", "elexon 0 until 2026-11-26T12:05:00Z", "nothing flows"));
    }

    @Test
    void cableThatIsALittleLateIsWaitedFor() {
        given.cable("East-West", Map.of("2026-11-26T11:50:00Z", "100", "2026-11-26T12:00:00Z", "300"))
                .cable("Greenlink", Map.of("2026-11-26T11:50:00Z", "11"));
        assertThat(words(latest("IE-GB").shown())).isEqualTo("elexon 111 until 2026-11-26T11:55:00Z 2 of 2");
    }

    @Test
    void cableThatIsSilentForLongMakesTheBorderPartial() {
        given.cable("East-West", Map.of("2026-11-26T11:40:00Z", "100", "2026-11-26T12:00:00Z", "300"))
                .cable("Greenlink", Map.of("2026-11-26T11:40:00Z", "11"));
        BorderFlow ireland = latest("IE-GB");
        assertThat(words(ireland.shown())).isEqualTo("elexon 300 until 2026-11-26T12:05:00Z 1 of 2");
        assertThat(shown(ireland).partial()).isTrue();
        assertThat(shown(ireland).share()).isNull();
        assertThat(shown(ireland).capacityMw()).isEqualTo(OptionalInt.of(1000));
    }

    @Test
    void sourceWhoseIntervalEndsLaterIsShownAndTheOtherStandsBeside() {
        given.cable("Nemo", Map.of("2026-11-26T11:40:00Z", "700"))
                .border("BE-GB", 900, Map.of("2026-11-26T11:45:00Z", "650"));
        BorderFlow belgium = latest("BE-GB");
        assertThat(words(belgium.shown())).isEqualTo("entsoe 650 until 2026-11-26T12:00:00Z");
        assertThat(belgium.others())
                .extracting(FlowsTest::words)
                .containsExactly("elexon 700 until 2026-11-26T11:45:00Z 1 of 1 stale");
    }

    @Test
    void cablesAreShownWhereBothEndTogether() {
        given.cable("Nemo", Map.of("2026-11-26T11:55:00Z", "700"))
                .border("BE-GB", 900, Map.of("2026-11-26T11:45:00Z", "650"));
        BorderFlow belgium = latest("BE-GB");
        assertThat(words(belgium.shown())).isEqualTo("elexon 700 until 2026-11-26T12:00:00Z 1 of 1");
        assertThat(belgium.others())
                .extracting(FlowsTest::words)
                .containsExactly("entsoe 650 until 2026-11-26T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        // ENTSO-E's interval ends exactly two hours before the cables', and a minute before that.
        "2026-11-26T09:50:00Z, entsoe 400 until 2026-11-26T10:05:00Z",
        "2026-11-26T09:49:00Z, elexon 300 until 2026-11-26T12:05:00Z 1 of 2",
    })
    void partialSumIsShownOnlyWithoutFreshWordFromTheOther(String start, String expected) {
        given.cable("East-West", Map.of("2026-11-26T12:00:00Z", "300")).border("IE-GB", 900, Map.of(start, "400"));
        assertThat(words(latest("IE-GB").shown())).isEqualTo(expected);
        assertThat(latest("IE-GB").others()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T12:20:00Z, elexon 700 until 2026-11-26T12:05:00Z 1 of 1",
        "2026-11-26T12:20:01Z, elexon 700 until 2026-11-26T12:05:00Z 1 of 1 stale",
    })
    void cablesAreStaleAfterThreeIntervals(Instant now, String expected) {
        given.cable("Nemo", Map.of("2026-11-26T12:00:00Z", "700"));
        assertThat(words(latest("BE-GB", now).shown())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-26T14:30:00Z, false", "2026-11-26T14:30:01Z, true"})
    void entsoeMayBeTwoHoursLateBesides(Instant now, boolean stale) {
        given.border("BE-GB", 600, Map.of("2026-11-26T11:50:00Z", "1"));
        assertThat(shown(latest("BE-GB", now)).stale()).isEqualTo(stale);
    }

    @Test
    void whatIsInvalidIsNotBelievedAndWhatHasNotBegunIsNotTheLatest() {
        given.cable(
                        "Nemo",
                        Map.of(
                                "2026-11-26T11:55:00Z",
                                "7",
                                "2026-11-26T12:00:00Z",
                                "i99999",
                                "2026-11-26T12:10:00Z",
                                "8"))
                .border("NL-GB", 3600, Map.of("2026-11-26T12:00:00Z", "-5.5", "2026-11-26T13:00:00Z", "6"));
        assertThat(words(latest("BE-GB").shown())).isEqualTo("elexon 7 until 2026-11-26T12:00:00Z 1 of 1");
        BorderFlow netherlands = latest("NL-GB");
        assertThat(words(netherlands.shown())).isEqualTo("entsoe -5.5 until 2026-11-26T13:00:00Z");
        assertThat(shown(netherlands).age()).isZero();
        assertThat(netherlands.direction(netherlands.shown())).isEqualTo("out of Great Britain to the Netherlands");
    }

    @Test
    void onlyCablesInServiceOnTheDateCount() {
        Border ireland = Border.parse("IE-GB");
        LocalDate date = LocalDate.of(2026, 11, 26);
        grid = grid.with(new Cable(
                "Greenlink",
                ireland,
                List.of(
                        new Capacity(LocalDate.of(2025, 1, 29), 500),
                        new Capacity(date, 0),
                        new Capacity(date.plusDays(1), 400))));
        given.cable("East-West", Map.of("2026-11-26T12:00:00Z", "250"))
                .cable("Greenlink", Map.of("2026-11-26T12:00:00Z", "9"));
        BorderFlow out = latest("IE-GB");
        assertThat(words(out.shown())).isEqualTo("elexon 250 until 2026-11-26T12:05:00Z 1 of 1");
        assertThat(shown(out).share()).isEqualTo(new BigDecimal("0.5000"));
        assertThat(out.cables())
                .extracting(BorderFlow.OfCable::capacityMw)
                .containsExactly(OptionalInt.of(500), OptionalInt.empty());
        // The next day it is back, and silent.
        given.cable("East-West", Map.of("2026-11-27T12:00:00Z", "260"));
        assertThat(words(latest("IE-GB", NOW.plus(Duration.ofDays(1))).shown()))
                .isEqualTo("elexon 260 until 2026-11-27T12:05:00Z 1 of 2");
    }

    @ParameterizedTest
    @CsvSource({
        "999.97, 0.9999",
        "1000, 1.0000",
        "-1000, 1.0000",
        "0, 0.0000",
        "1012.5, 1.0125",
        "500.05, 0.5000",
        "500.15, 0.5002"
    })
    void shareIsOfFourDigitsAndOneOnlyIfItIsAll(String mw, String share) {
        given.cable("Nemo", Map.of("2026-11-26T12:00:00Z", mw));
        assertThat(shown(latest("BE-GB")).share()).isEqualTo(new BigDecimal(share));
    }

    @Test
    void lastValueIsFoundHoweverLongAgoItWas() {
        given.cable("Nemo", Map.of("2025-01-03T12:00:00Z", "700"))
                .border("FR-GB", 3600, Map.of("2026-11-20T00:00:00Z", "5"));
        assertThat(words(latest("BE-GB").shown())).isEqualTo("elexon 700 until 2025-01-03T12:05:00Z 1 of 1 stale");
        assertThat(words(latest("FR-GB").shown())).isEqualTo("entsoe 5 until 2026-11-20T01:00:00Z stale");
    }

    @Test
    void lastValueIsFoundBehindDaysThatWereWithdrawn() {
        given.border("FR-GB", 3600, Map.of("2026-10-02T00:00:00Z", "5"));
        given.border("FR-GB", 3600, Map.of("2026-11-20T00:00:00Z", "6"));
        store.withdraw(2);
        assertThat(words(latest("FR-GB").shown())).isEqualTo("entsoe 5 until 2026-10-02T01:00:00Z stale");
    }

    @Test
    void seriesInAnotherUnitOrOfAnotherQuantityIsNoFlow() {
        given.take(
                        new Series("border", "FR-GB", "flow", null),
                        ZoneId.of("Europe/London"),
                        "kWh",
                        3600,
                        Map.of("2026-11-26T11:00:00Z", "5"))
                .take(
                        Border.parse("BE-GB").schedule(),
                        ZoneId.of("Europe/London"),
                        "MW",
                        3600,
                        Map.of("2026-11-26T11:00:00Z", "5"));
        assertThat(latest("FR-GB").shown()).isNull();
        assertThat(latest("BE-GB").shown()).isNull();
        assertThat(new Flows(store, store, grid).page(null, new ReadingSearch(null, null, null), 10))
                .isEmpty();
    }

    @Test
    void flowsOfARangeComeByStartThenSeriesAndAreHalfOpen() {
        given.cable(
                        "Nemo",
                        Map.of("2026-11-25T12:00:00Z", "1", "2026-11-25T12:05:00Z", "2", "2026-11-25T12:10:00Z", "3"))
                .border("BE-GB", 900, Map.of("2026-11-25T12:00:00Z", "4", "2026-11-25T12:15:00Z", "i5"))
                .cable("IFA", Map.of("2026-11-25T12:05:00Z", "6"));
        Moment from = new Moment.At(Instant.parse("2026-11-25T12:00:00Z"));
        List<SeriesReading> all = page(null, from, new Moment.At(Instant.parse("2026-11-25T12:10:00Z")));
        assertThat(all)
                .extracting(r -> r.series() + "=" + r.value().toPlainString())
                .containsExactly(
                        "border/BE-GB/flow=4",
                        "border/BE-GB/flow/Nemo=1",
                        "border/BE-GB/flow/Nemo=2",
                        "border/FR-GB/flow/IFA=6");
        assertThat(page(Border.parse("FR-GB"), from, null)).hasSize(1);
        assertThat(page(null, from, null))
                .hasSize(6)
                .last()
                .extracting(SeriesReading::quality)
                .isEqualTo(Quality.INVALID);
    }

    private List<SeriesReading> page(@Nullable Border border, @Nullable Moment from, @Nullable Moment to) {
        return new Flows(store, store, grid).page(border, new ReadingSearch(from, to, null), 10_000);
    }

    @Test
    void datesAreThoseOfEachSeries() {
        given.price(
                        "FR",
                        3600,
                        Map.of(
                                "2026-11-24T22:00:00Z",
                                "1",
                                "2026-11-24T23:00:00Z",
                                "2",
                                "2026-11-25T22:00:00Z",
                                "3",
                                "2026-11-25T23:00:00Z",
                                "-4.5"))
                .price(
                        "SEM",
                        3600,
                        Map.of("2026-11-24T23:00:00Z", "5", "2026-11-25T00:00:00Z", "6", "2026-11-25T23:00:00Z", "7"));
        LocalDate day = LocalDate.of(2026, 11, 25);
        ReadingSearch search = new ReadingSearch(new Moment.OnDate(day), new Moment.OnDate(day.plusDays(1)), null);
        Prices prices = new Prices(store, store, grid);
        assertThat(prices.page(null, search, 100))
                .extracting(r -> r.series().key() + " " + r.value().toPlainString() + " " + r.unit())
                .containsExactly("FR 2 EUR/MWh", "SEM 6 EUR/MWh", "FR 3 EUR/MWh", "SEM 7 EUR/MWh");
        assertThat(prices.page("FR", search, 100)).hasSize(2);
        assertThat(prices.page("BE", search, 100)).isEmpty();
    }

    /** Pages of any size, one after the other, are all there is, against a list made value by value. */
    @Test
    void pagesGoOnWhereTheLastEnded() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        record Value(Instant start, String series, String value) {}
        List<Value> values = new ArrayList<>();
        for (Cable cable : grid.cables().subList(0, 4)) {
            Map<String, String> own = new HashMap<>();
            for (int i = 0; i < 80; i++) {
                // Days apart, with a long silence, over both clock changes.
                Instant start = Instant.parse("2026-03-28T22:00:00Z")
                        .plusSeconds(300L * random.nextInt(300) + 86400L * 210 * random.nextInt(2));
                own.put(start.toString(), Integer.toString(random.nextInt(100)));
            }
            given.cable(cable.name(), own);
            own.forEach((start, value) -> values.add(
                    new Value(Instant.parse(start), cable.border().flow(cable).toString(), value)));
        }
        values.sort(Comparator.comparing(Value::start).thenComparing(Value::series));
        values.forEach(v -> expected.add(v.start + " " + v.series + " " + v.value));
        List<String> found = new ArrayList<>();
        SeriesReading.@Nullable Position after = null;
        Flows flows = new Flows(store, store, grid);
        while (true) {
            List<SeriesReading> page = flows.page(null, new ReadingSearch(null, null, after), 1 + random.nextInt(60));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(r -> found.add(r.interval().start() + " " + r.series() + " " + r.value()));
            after = page.getLast().position();
        }
        assertThat(found).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void sourceIsKnownByTheSeries() {
        assertThat(FlowSource.of(Series.parse("border/FR-GB/flow"))).isEqualTo(FlowSource.ENTSOE);
        assertThat(FlowSource.of(Series.parse("border/FR-GB/flow/IFA"))).isEqualTo(FlowSource.ELEXON);
        assertThat(FlowSource.of(Series.parse("border/FR-GB/schedule"))).isEqualTo(FlowSource.ENTSOE);
        assertThat(FlowSource.of(Series.parse("zone/FR/price"))).isEqualTo(FlowSource.ENTSOE);
        assertThat(FlowSource.of(Series.parse("site/a/generation"))).isNull();
    }
}
