package io.tallywatt.benchmarks;

import io.tallywatt.collectors.simulator.LabelKind;
import io.tallywatt.collectors.simulator.Sending;
import io.tallywatt.collectors.simulator.SimulatedFile;
import io.tallywatt.collectors.simulator.Simulation;
import io.tallywatt.collectors.simulator.SimulationSettings;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.ingest.BytesDocument;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Judging;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.FindingSearch;
import io.tallywatt.core.store.StandingBlock;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Resolution;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.Judge;
import io.tallywatt.core.validate.JudgeSettings;
import io.tallywatt.core.validate.Label;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Score;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How well the rules find what is wrong with the simulated feed: the whole way, file by file through reader, store and judging.
 * Five weeks are sent; what is labelled in the last one counts, as four weeks are what a memory holds.
 */
final class FeedScore {
    private static final int SITES = 5;
    private static final Instant FROM = Instant.parse("2026-09-28T00:00:00Z");
    private static final Instant COUNTED = FROM.plus(Duration.ofDays(28));
    private static final Instant TO = COUNTED.plus(Duration.ofDays(7));
    private static final int BATCH = 500;

    private final Path folder;
    private final long seed;
    private final Progress progress;

    FeedScore(Path folder, long seed, Progress progress) {
        this.folder = folder;
        this.seed = seed;
        this.progress = progress;
    }

    /** Stands at the last file received. */
    private static final class FeedClock extends Clock {
        private Instant now = FROM;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    String measure() throws IOException {
        progress.say("simulated feed");
        FeedClock clock = new FeedClock();
        Files.createDirectories(folder);
        List<Label> labels = new ArrayList<>();
        try (DuckDbStore store =
                DuckDbStore.open(folder.resolve("feed.duckdb"), new DuckDbSettings(2, "1GB", false), clock)) {
            send(store, clock, labels);
            List<Finding> ours = store.findings(FindingSearch.ALL).stream()
                    .map(StoredFinding::finding)
                    .filter(f -> counts(f.interval()))
                    .toList();
            return table(labels, ours, store);
        }
    }

    private void send(DuckDbStore store, FeedClock clock, List<Label> labels) {
        Ingest ingest = new Ingest(store, store, NoDeadLetters.INSTANCE, attempt -> {});
        Judging judging = new Judging(
                "site/",
                store,
                store,
                store,
                store,
                new Judge(JudgeSettings.of(ReadingOptions.DEFAULT_PLAUSIBLE_KW)),
                clock);
        ReadingOptions options = ReadingOptions.in(ZoneOffset.UTC);
        List<BytesDocument> batch = new ArrayList<>();
        try (Stream<Sending> all = Simulation.of(
                        SimulationSettings.live(SITES, Resolution.parse("PT5M"), FROM, TO, seed))
                .sendings()) {
            for (Iterator<Sending> sendings = all.iterator(); sendings.hasNext(); ) {
                Sending sending = sendings.next();
                sending.labels().stream()
                        // The same again is nothing to find.
                        .filter(l -> l.kind() != LabelKind.DUPLICATE && counts(l.interval()))
                        .map(l -> new Label(l.series(), l.interval(), kind(l.kind())))
                        .forEach(labels::add);
                if (sending instanceof SimulatedFile file) {
                    batch.add(new BytesDocument(file.name(), file.content(), file.due()));
                }
                if (batch.size() == BATCH || !sendings.hasNext()) {
                    clock.now = sending.due();
                    var _ = ingest.takeAll(batch, options);
                    batch.clear();
                    while (judging.judgeNext()) {
                        // Until all of it is judged.
                    }
                }
            }
        }
    }

    /** What the simulator calls missing is found as a gap. */
    private static String kind(LabelKind kind) {
        return kind == LabelKind.MISSING ? RuleName.GAP.name() : kind.name();
    }

    private static boolean counts(Interval interval) {
        return !interval.start().isBefore(COUNTED) && interval.start().isBefore(TO);
    }

    private static String table(List<Label> labels, List<Finding> ours, DuckDbStore store) {
        Score score = Score.of(labels, ours);
        Table table = new Table("simulated feed", "labels", "found", "right", "wrong", "precision", "recall");
        score.byRule().forEach((rule, counts) -> row(table, "  " + rule, counts));
        row(table, "  all rules", score.all());
        Map<Series, List<Reading>> readings = readings(store);
        List<Finding> bound = new ArrayList<>();
        List<Finding> sigma = new ArrayList<>();
        readings.forEach((series, all) -> {
            bound.addAll(RulesBenchmark.findings(
                    series,
                    PlainDetectors.fixedBound(all).stream()
                            .filter(FeedScore::counts)
                            .toList()));
            sigma.addAll(RulesBenchmark.findings(
                    series,
                    PlainDetectors.threeSigma(all).stream()
                            .filter(FeedScore::counts)
                            .toList()));
        });
        row(table, "  fixed bound", Score.of(labels, bound).all());
        row(table, "  3 sigma", Score.of(labels, sigma).all());
        return table.toString();
    }

    private static void row(Table table, String name, Score.Counts counts) {
        table.row(
                name,
                Figures.count(counts.found() + counts.missed()),
                Figures.count(counts.found()),
                Figures.count(counts.right()),
                Figures.count(counts.wrong()),
                RulesBenchmark.text(counts.precision()),
                RulesBenchmark.text(counts.recall()));
    }

    private static Map<Series, List<Reading>> readings(DuckDbStore store) {
        Map<Series, List<Reading>> readings =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        try (Stream<StandingBlock> days = store.standing(
                "site/",
                LocalDate.ofInstant(FROM, ZoneOffset.UTC),
                LocalDate.ofInstant(TO, ZoneOffset.UTC).plusDays(1))) {
            days.forEach(day -> readings.computeIfAbsent(day.series(), s -> new ArrayList<>())
                    .addAll(day.block().readings(0)));
        }
        return readings;
    }
}
