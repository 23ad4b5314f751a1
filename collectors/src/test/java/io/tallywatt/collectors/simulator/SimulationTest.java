package io.tallywatt.collectors.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.time.Resolution;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final Resolution EVERY = Resolution.parse("PT5M");
    private static final Instant FROM = Instant.parse("2026-10-24T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(2));

    private static SimulationSettings live(int sites, long seed) {
        return SimulationSettings.live(sites, EVERY, FROM, TO, seed);
    }

    private static SimulationSettings history(int sites, long seed) {
        return SimulationSettings.history(sites, EVERY, FROM, TO, seed);
    }

    private static String digest(SimulationSettings settings) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Simulation.of(settings).sendings().forEach(sending -> {
            if (sending instanceof SimulatedFile file) {
                digest.update((file.name() + " " + file.due() + "\n").getBytes(UTF_8));
                digest.update(file.content());
            }
            sending.labels().forEach(label -> digest.update(label.json().getBytes(UTF_8)));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Map<String, String> contents(SimulationSettings settings, Predicate<SimulatedFile> which) {
        return Simulation.of(settings)
                .files()
                .filter(which)
                .collect(toMap(
                        SimulatedFile::name, file -> new String(file.content(), UTF_8), (a, b) -> a, TreeMap::new));
    }

    /** What is written on one machine is what is written on any: a change here changes everybody's simulated data. */
    @Test
    void theSameSeedGivesTheSameBytesOnEveryMachine() throws Exception {
        assertThat(digest(live(6, 42))).isEqualTo("e930678d8a4cda97d18fcc42ca2a7112cbe754540b432504e65ac3c9885ba3a4");
        assertThat(digest(history(6, 42)))
                .isEqualTo("9586323725b2f1a9ba872ab3603de77ff7f92850aef9d577b8162e0ca9e32acb");
    }

    @Test
    void anotherSeedGivesOthers() throws Exception {
        assertThat(digest(live(2, 1))).isEqualTo(digest(live(2, 1))).isNotEqualTo(digest(live(2, 2)));
    }

    @Test
    void aFileLooksAsSitesSendIt() {
        SimulationSettings clean = live(1, 1).withShape(Shape.OBJECT).withAnomalies(0);
        SimulatedFile noon = Simulation.of(clean)
                .files()
                .filter(file -> file.name().contains("T120500Z"))
                .findFirst()
                .orElseThrow();

        assertThat(noon.name()).isEqualTo("site1-20261024T120500Z.json");
        assertThat(noon.due()).isEqualTo("2026-10-24T12:10:00Z");
        assertThat(noon.labels()).isEmpty();
        assertThat(new String(noon.content(), UTF_8))
                .matches(
                        "\\{\"site_id\": \"site1\", \"timestamp\": \"2026-10-24T12:05:00Z\", "
                                + "\"energy_generated_kwh\": [0-9]+\\.[0-9]{1,3}, \"energy_consumed_kwh\": [0-9]+\\.[0-9]{1,3}}\n");
    }

    @Test
    void energyIsWrittenPlainAndExact() {
        Instant start = Instant.parse("2026-11-25T10:05:00Z");

        assertThat(RecordText.of("site1", start, 12_345L, 3_210L))
                .isEqualTo("{\"site_id\": \"site1\", \"timestamp\": \"2026-11-25T10:05:00Z\", "
                        + "\"energy_generated_kwh\": 12.345, \"energy_consumed_kwh\": 3.21}");
        assertThat(RecordText.of("s", start, 0L, null))
                .endsWith("\"energy_generated_kwh\": 0, \"energy_consumed_kwh\": null}");
        assertThat(RecordText.of("s", start, -7L, 1_200_000L))
                .endsWith("\"energy_generated_kwh\": -0.007, \"energy_consumed_kwh\": 1200}");
    }

    @Test
    void aSiteSendsTheSameHoweverManyOthersThereAre() {
        Predicate<SimulatedFile> second = file -> file.name().startsWith("site2-");

        assertThat(contents(live(20, 3), second)).isEqualTo(contents(live(2, 3), second));
        assertThat(contents(history(20, 3), second)).isEqualTo(contents(history(2, 3), second));
    }

    @Test
    void aFeedThatBeginsLaterIsTheRestOfTheSame() {
        Instant later = FROM.plus(Duration.ofHours(31));
        Predicate<SimulatedFile> rest =
                file -> !Received.in(file).getFirst().start().isBefore(later);

        Map<String, String> whole = contents(live(3, 9), rest);
        Map<String, String> begun = contents(SimulationSettings.live(3, EVERY, later, TO, 9), file -> true);

        assertThat(begun).isEqualTo(whole).hasSizeGreaterThan(400);
    }

    @Test
    void historyAndFeedAreOfTheSameSites() {
        List<Received> live = records(live(3, 4).withAnomalies(0));
        List<Received> history = records(history(3, 4).withAnomalies(0));

        assertThat(history).containsExactlyInAnyOrderElementsOf(live).hasSize(3 * 2 * 288);
    }

    private static List<Received> records(SimulationSettings settings) {
        return Simulation.of(settings)
                .files()
                .flatMap(file -> Received.in(file).stream())
                .toList();
    }

    @Test
    void comesInTheOrderInWhichItIsDue() {
        for (SimulationSettings settings : List.of(live(20, 1), history(20, 1))) {
            List<Instant> due =
                    Simulation.of(settings).sendings().map(Sending::due).toList();

            assertThat(due).isSorted();
            assertThat(due.getFirst()).isAfter(FROM);
        }
    }

    @Test
    void namesAreUniqueAndInTheOrderOfTheSitesIntervals() {
        for (SimulationSettings settings :
                List.of(live(4, 1), history(4, 1), history(4, 1).withShape(Shape.OBJECT))) {
            List<SimulatedFile> files = Simulation.of(settings).files().toList();
            Set<String> names = files.stream().map(SimulatedFile::name).collect(Collectors.toCollection(HashSet::new));

            assertThat(names).hasSameSizeAs(files).allMatch(name -> name.matches("site[0-9]+-[0-9TZ_-]+\\.(nd)?json"));
            files.stream()
                    .collect(groupingBy(file -> Received.in(file).getFirst().site()))
                    .forEach((site, its) -> {
                        List<Instant> sorted = its.stream()
                                .sorted((a, b) -> a.name().compareTo(b.name()))
                                .filter(file -> !file.name().contains("_2"))
                                .map(file -> Received.in(file).getFirst().start())
                                .toList();
                        assertThat(sorted).as(site).isSorted();
                    });
        }
    }

    @Test
    void aFeedWithoutEndIsMadeAsItIsRead() {
        SimulationSettings endless = SimulationSettings.live(50, EVERY, FROM, null, 1);

        List<SimulatedFile> some = Simulation.of(endless).files().limit(20_000).toList();

        assertThat(some).hasSize(20_000);
        assertThat(some.getLast().due()).isBefore(FROM.plus(Duration.ofHours(40)));
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void filesHaveTheShapeThatWasChosen(Shape shape) {
        Map<String, Long> live = shapes(live(5, 1).withShape(shape));
        Map<String, Long> history = shapes(history(5, 1).withShape(shape));

        switch (shape) {
            case OBJECT -> {
                assertThat(live).containsOnlyKeys("object");
                assertThat(history).containsOnlyKeys("object");
            }
            case ARRAY -> {
                assertThat(live).containsOnlyKeys("array");
                assertThat(history).containsOnlyKeys("array");
            }
            case NDJSON -> {
                assertThat(live).containsOnlyKeys("ndjson");
                assertThat(history).containsOnlyKeys("ndjson");
            }
            case MIXED -> {
                assertThat(live).containsOnlyKeys("object", "array", "ndjson");
                assertThat(history).containsOnlyKeys("array", "ndjson");
            }
        }
    }

    private static Map<String, Long> shapes(SimulationSettings settings) {
        return Simulation.of(settings)
                .files()
                .peek(Received::in)
                .collect(groupingBy(
                        file -> file.name().endsWith(".ndjson")
                                ? "ndjson"
                                : file.content()[0] == '[' ? "array" : "object",
                        Collectors.counting()));
    }

    @Test
    void historyIsAFilePerSiteAndUtcDayCutWhereTheRangeIs() {
        Instant from = Instant.parse("2026-10-24T22:00:00Z");
        Instant to = Instant.parse("2026-10-26T01:00:00Z");
        SimulationSettings settings = SimulationSettings.history(2, EVERY, from, to, 1)
                .withShape(Shape.NDJSON)
                .withAnomalies(0);

        assertThat(Simulation.of(settings).files().map(file -> file.name() + " " + file.due()))
                .containsExactly(
                        "site1-20261024T220000Z-20261025T000000Z.ndjson 2026-10-25T00:00:00Z",
                        "site2-20261024T220000Z-20261025T000000Z.ndjson 2026-10-25T00:00:00Z",
                        "site1-20261025T000000Z-20261026T000000Z.ndjson 2026-10-26T00:00:00Z",
                        "site2-20261025T000000Z-20261026T000000Z.ndjson 2026-10-26T00:00:00Z",
                        "site1-20261026T000000Z-20261026T010000Z.ndjson 2026-10-26T01:00:00Z",
                        "site2-20261026T000000Z-20261026T010000Z.ndjson 2026-10-26T01:00:00Z");
        assertThat(Simulation.of(settings).files().map(file -> Received.in(file).size()))
                .containsExactly(24, 24, 288, 288, 12, 12);
    }

    /** The clocks go back in Europe on 2026-10-25: a site that stamps in UTC has a day like any other. */
    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT5M", "PT15M", "PT1H"})
    void everyIntervalOfTheDayIsSentOnce(String every) {
        Resolution resolution = Resolution.parse(every);
        Instant day = Instant.parse("2026-10-25T00:00:00Z");
        SimulationSettings settings = SimulationSettings.history(1, resolution, day, day.plus(Duration.ofDays(1)), 1)
                .withAnomalies(0);

        List<Instant> starts = records(settings).stream().map(Received::start).toList();

        List<Instant> expected = new ArrayList<>();
        for (int s = 0; s < 86_400; s += resolution.seconds()) {
            expected.add(day.plusSeconds(s));
        }
        assertThat(starts).isEqualTo(expected);
    }

    @Test
    void whatIsHeldBackIsLateAndYetToCome() {
        SimulationRun run =
                Simulation.of(SimulationSettings.live(10, EVERY, FROM, null, 1)).run();
        Set<String> sent = new HashSet<>();
        Instant now = FROM;
        while (now.isBefore(TO)) {
            Sending next = run.next();
            now = next.due();
            if (next instanceof SimulatedFile file) {
                sent.add(file.name());
            }
        }

        List<SimulatedFile> held = run.heldBack(now);

        Instant end = now;
        assertThat(held).isNotEmpty().allSatisfy(file -> {
            assertThat(sent).doesNotContain(file.name());
            assertThat(file.due()).isAfterOrEqualTo(end);
            assertThat(Received.in(file).getFirst().start().plusSeconds(300)).isBeforeOrEqualTo(end);
        });
        assertThat(run.heldBack(FROM)).isEmpty();
    }
}
