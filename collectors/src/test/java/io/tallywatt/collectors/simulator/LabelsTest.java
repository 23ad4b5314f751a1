package io.tallywatt.collectors.simulator;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What labels say holds of the files, and what no label names is true and on time. */
class LabelsTest {
    private static final Resolution EVERY = Resolution.parse("PT5M");
    private static final Instant FROM = Instant.parse("2026-11-20T07:35:00Z");
    private static final Instant TO = FROM.plus(Duration.ofHours(40));
    private static final int SITES = 3;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tallywatt.seeds", 20));
    }

    static LongStream fewSeeds() {
        return seeds().limit(Math.max(3, Integer.getInteger("tallywatt.seeds", 20) / 5));
    }

    private record Found(SimulatedFile file, Received record) {}

    /** All that one run gave. */
    private static final class Taken {
        final SimulationSettings settings;
        final Map<Series, Site> sites = new HashMap<>();
        final Map<String, SimulatedFile> files = new HashMap<>();
        final Map<String, List<Found>> records = new HashMap<>();
        final List<Label> labels = new ArrayList<>();
        final Map<Label, Sending> labelled = new HashMap<>();

        Taken(SimulationSettings settings) {
            this.settings = settings;
            for (int number = 1; number <= settings.sites(); number++) {
                Site site = Site.of(settings.seed(), number);
                for (Side side : Side.values()) {
                    sites.put(site.series(side), site);
                }
            }
            Simulation.of(settings).sendings().forEach(sending -> {
                if (sending instanceof SimulatedFile file) {
                    assertThat(files.put(file.name(), file)).isNull();
                    for (Received record : Received.in(file)) {
                        records.computeIfAbsent(record.site() + " " + record.start(), key -> new ArrayList<>())
                                .add(new Found(file, record));
                    }
                }
                sending.labels().forEach(label -> {
                    assertThat(labelled.put(label, sending)).isNull();
                    labels.add(label);
                });
            });
        }

        List<Found> at(Series series, Instant start) {
            return records.getOrDefault(series.key() + " " + start, List.of());
        }

        Long valueIn(String file, Series series, Instant start) {
            return at(series, start).stream()
                    .filter(found -> found.file().name().equals(file))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(file + " has no record of " + series + " " + start))
                    .record()
                    .wh(series.quantity());
        }

        long truth(Series series, Instant start) {
            return flow(series).wh(start.getEpochSecond(), EVERY.seconds());
        }

        Flow flow(Series series) {
            Site site = sites.get(series);
            return series.quantity().equals("generation") ? site.generation() : site.consumption();
        }

        List<Instant> starts(Interval interval) {
            List<Instant> starts = new ArrayList<>();
            for (Instant t = interval.start(); t.isBefore(interval.end()); t = t.plusSeconds(EVERY.seconds())) {
                starts.add(t);
            }
            return starts;
        }
    }

    private static List<SimulationSettings> runs(long seed) {
        SimulationSettings live = SimulationSettings.live(SITES, EVERY, FROM, TO, seed);
        SimulationSettings history = SimulationSettings.history(SITES, EVERY, FROM, TO, seed);
        return List.of(live, history, history.withShape(Shape.OBJECT), live.withAnomalies(0.5));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyLabelIsTrueOfTheFilesAndWhatNoneNamesIsTrueAndOnTime(long seed) {
        for (SimulationSettings settings : runs(seed)) {
            Taken taken = new Taken(settings);
            assertThat(taken.labels).isNotEmpty();
            taken.labels.forEach(label -> check(taken, label));
            checkTheRest(taken);
        }
    }

    private static void check(Taken taken, Label label) {
        Series series = label.series();
        Instant start = label.interval().start();
        Sending sending = taken.labelled.get(label);
        if (label.file() == null) {
            assertThat(label.kind()).isEqualTo(LabelKind.MISSING);
            assertThat(sending).isInstanceOf(NotSent.class);
            assertThat(taken.at(series, start)).as(label.json()).isEmpty();
            return;
        }
        SimulatedFile file = (SimulatedFile) sending;
        assertThat(file.name()).isEqualTo(label.file());
        assertThat(label.interval().duration())
                .satisfies(length -> assertThat(length.equals(Duration.ofMinutes(5)) || label.kind() == LabelKind.STUCK)
                        .isTrue());
        switch (label.kind()) {
            case NEGATIVE ->
                assertThat(taken.valueIn(label.file(), series, start)).isNegative();
            case SPIKE -> {
                long usual = Math.max(
                        taken.truth(series, start),
                        taken.flow(series).usualWh(start.getEpochSecond(), EVERY.seconds()));
                assertThat(taken.valueIn(label.file(), series, start))
                        .isGreaterThanOrEqualTo(5 * usual)
                        .isPositive();
            }
            case STUCK -> {
                List<Instant> starts = taken.starts(label.interval());
                List<Long> values = starts.stream()
                        .map(t -> taken.at(series, t).getFirst().record().wh(series.quantity()))
                        .toList();
                assertThat(Set.copyOf(values)).as(label.json()).hasSize(1);
                assertThat(values.getFirst()).isPositive();
                // Only at the edge of what was asked for is a run cut.
                assertThat(starts.size() >= 6
                                || start.equals(FROM)
                                || label.interval().end().equals(TO))
                        .isTrue();
                assertThat(starts.size()).isLessThanOrEqualTo(24);
            }
            case MISSING -> {
                List<Found> sent = taken.at(series, start);
                if (!sent.isEmpty()) {
                    assertThat(taken.valueIn(label.file(), series, start)).isNull();
                }
            }
            case LATE -> {
                assertThat(taken.settings.late()).isTrue();
                assertThat(file.due()).isAfterOrEqualTo(label.interval().end().plus(Duration.ofHours(1)));
                assertThat(taken.valueIn(label.file(), series, start)).isEqualTo(taken.truth(series, start));
            }
            case DUPLICATE, CONFLICT -> {
                List<Found> sent = taken.at(series, start);
                assertThat(sent).hasSize(2);
                Found first = sent.getFirst();
                assertThat(first.file().name()).isNotEqualTo(label.file());
                assertThat(first.file().due()).isBeforeOrEqualTo(file.due());
                assertThat(sent.getLast().file().name()).isEqualTo(label.file());
                if (label.kind() == LabelKind.DUPLICATE) {
                    assertThat(sent.getLast().record()).isEqualTo(first.record());
                } else {
                    assertThat(first.record().wh(series.quantity())).isEqualTo(taken.truth(series, start));
                    assertThat(sent.getLast().record().wh(series.quantity()))
                            .isNotEqualTo(taken.truth(series, start))
                            .isNotNegative();
                }
            }
        }
    }

    private static void checkTheRest(Taken taken) {
        Map<Series, Set<Instant>> named = new HashMap<>();
        for (Label label : taken.labels) {
            for (Instant start : taken.starts(label.interval())) {
                // Nothing is wrong in two ways.
                assertThat(named.computeIfAbsent(label.series(), series -> new HashSet<>())
                                .add(start))
                        .isTrue();
            }
        }
        for (Series series : taken.sites.keySet()) {
            for (Instant start = FROM; start.isBefore(TO); start = start.plusSeconds(EVERY.seconds())) {
                if (!named.getOrDefault(series, Set.of()).contains(start)) {
                    checkTrue(taken, series, start);
                }
            }
        }
    }

    private static void checkTrue(Taken taken, Series series, Instant start) {
        List<Found> sent = taken.at(series, start);
        Long truth = taken.truth(series, start);
        // A record that is sent again with another value has the same on its other side.
        boolean right = !sent.isEmpty()
                && sent.stream().allMatch(found -> truth.equals(found.record().wh(series.quantity())))
                && (taken.settings.packing() == Packing.DAY
                        || sent.getFirst().file().due().equals(start.plusSeconds(EVERY.seconds())));
        assertThat(right).as("%s %s: %s", series, start, sent).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void asManyValuesAreAnomalousAsWereAskedForAndSomeOfEveryKind(long seed) {
        Instant to = FROM.plus(Duration.ofDays(4));
        for (double share : new double[] {0.05, 0.2, 0.5}) {
            SimulationSettings live =
                    SimulationSettings.live(12, EVERY, FROM, to, seed).withAnomalies(share);
            SimulationSettings history =
                    SimulationSettings.history(12, EVERY, FROM, to, seed).withAnomalies(share);
            for (SimulationSettings settings : List.of(live, history)) {
                Map<LabelKind, Long> values = new EnumMap<>(LabelKind.class);
                Simulation.of(settings)
                        .sendings()
                        .flatMap(sending -> sending.labels().stream())
                        .forEach(label -> values.merge(
                                label.kind(), label.interval().duration().toSeconds() / EVERY.seconds(), Long::sum));
                double all = 2.0 * 12 * 4 * 288;
                double anomalous =
                        values.values().stream().mapToLong(Long::longValue).sum();

                assertThat(anomalous / all).isCloseTo(share, within(0.01 + share * 0.05));
                Set<LabelKind> expected = EnumSet.allOf(LabelKind.class);
                if (!settings.late()) {
                    expected.remove(LabelKind.LATE);
                }
                assertThat(values.keySet()).isEqualTo(expected);
                values.forEach((kind, number) ->
                        assertThat(number / anomalous).as(kind.word()).isBetween(0.02, 0.4));
            }
        }
    }

    @Test
    void withoutAnomaliesEveryRecordComesOnceInTimeAndNothingIsLabelled() {
        SimulationSettings clean =
                SimulationSettings.live(3, EVERY, FROM, TO, 1).withAnomalies(0);
        Set<String> seen = new HashSet<>();

        Simulation.of(clean).sendings().forEach(sending -> {
            assertThat(sending.labels()).isEmpty();
            Received record = Received.in((SimulatedFile) sending).getFirst();
            assertThat(seen.add(record.site() + record.start())).isTrue();
            assertThat(sending.due()).isEqualTo(record.start().plusSeconds(EVERY.seconds()));
        });

        assertThat(seen).hasSize(3 * 40 * 12);
    }

    @Test
    void runsOfOneKindAreNotNextToEachOther() {
        Taken taken =
                new Taken(SimulationSettings.live(SITES, EVERY, FROM, TO, 8).withAnomalies(0.5));
        taken.labels.stream()
                .filter(label -> label.kind() == LabelKind.STUCK)
                .collect(groupingBy(Label::series))
                .forEach((series, runs) -> {
                    Set<Instant> ends = new HashSet<>();
                    runs.forEach(run -> ends.add(run.interval().end()));
                    assertThat(runs)
                            .noneMatch(run -> ends.contains(run.interval().start()));
                });
    }

    @Test
    void aLabelIsALineOfJson() {
        Interval interval = new Interval(Instant.parse("2026-11-25T10:05:00Z"), Instant.parse("2026-11-25T10:10:00Z"));
        Series series = new Series("site", "site1", "generation", null);

        assertThat(new Label(series, interval, LabelKind.SPIKE, "site1-20261125T100500Z.json").json())
                .isEqualTo("{\"series\": \"site/site1/generation\", \"start\": \"2026-11-25T10:05:00Z\", "
                        + "\"end\": \"2026-11-25T10:10:00Z\", \"kind\": \"spike\", "
                        + "\"file\": \"site1-20261125T100500Z.json\"}");
        assertThat(new Label(series, interval, LabelKind.MISSING, null).json())
                .endsWith("\"kind\": \"missing\", \"file\": null}");
    }
}
