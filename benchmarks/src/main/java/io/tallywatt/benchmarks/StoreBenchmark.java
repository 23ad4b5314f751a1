package io.tallywatt.benchmarks;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.duckdb.DuckDbStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How long questions take in a store that a company's meters filled, with few meters and with many. */
final class StoreBenchmark {
    private static final String TOTAL = "total of one date";
    private static final String AS_OF = "total of one date, as of an instant";
    private static final String DAILY = "daily totals of the year";
    private static final String YEAR = "one meter's year of half-hours";
    private static final String EXPLAIN = "explain one date, first 50 blocks";
    private static final String FIND = "find one series";
    private static final String SEARCH = "search series by prefix (up to 100)";
    private static final int FIRST_BLOCKS = 50;
    private static final int CHECKED_DATES = 5;

    private final Path folder;
    private final int threads;
    private final int days;
    private final long seed;
    private final Progress progress;

    StoreBenchmark(Path folder, int threads, int days, long seed, Progress progress) {
        this.folder = folder;
        this.threads = threads;
        this.days = days;
        this.seed = seed;
        this.progress = progress;
    }

    /** What was measured with so many meters. */
    private record Measured(int meters, String filled, Map<String, Figures> ours, Map<String, Figures> plain) {}

    String measure(List<Integer> fleets, MeterStore.Deliveries deliveries) throws Exception {
        StringBuilder text = new StringBuilder();
        Map<Integer, Measured> all = new LinkedHashMap<>();
        for (int meters : fleets) {
            Path data = folder.resolve("store");
            Files.createDirectories(data);
            try {
                all.put(meters, measure(meters, deliveries, data.resolve("tallywatt.duckdb")));
            } finally {
                IngestBenchmark.remove(data);
            }
        }
        text.append("a store of " + days + " days, filled through its port by " + deliveries.inWords() + ", " + threads
                + " threads\n");
        all.values().forEach(m -> text.append("  ").append(m.filled()).append('\n'));
        for (Measured m : all.values()) {
            text.append('\n').append(questions(m));
        }
        return text.toString();
    }

    private static String questions(Measured m) {
        Table table = new Table(
                Figures.count(m.meters()) + " meters; ms in process",
                "median",
                "p99",
                "calls",
                "DuckDB's scan",
                "p99",
                "calls");
        m.ours().forEach((words, ours) -> {
            Figures plain = m.plain().get(words);
            table.row(
                    "  " + words,
                    Figures.decimals(ours.median(), 2),
                    Figures.decimals(ours.percentile(99), 2),
                    String.valueOf(ours.count()),
                    plain == null ? "-" : Figures.decimals(plain.median(), 2),
                    plain == null ? "-" : Figures.decimals(plain.percentile(99), 2),
                    plain == null ? "-" : String.valueOf(plain.count()));
        });
        return table.toString();
    }

    private Measured measure(int meters, MeterStore.Deliveries deliveries, Path file) throws Exception {
        MeterStore filled = new MeterStore(file, meters, days, threads, seed);
        String howFilled = filled.fill(deliveries, progress);
        Asked asked = new Asked(filled, new Arguments(meters, days));
        Questions ours = new Questions();
        try (DuckDbStore store = filled.open()) {
            asked.check(store);
            asked.ask(store, ours);
        }
        Questions plain = new Questions();
        try (PlainScan scan = new PlainScan(file, threads)) {
            asked.ask(scan, plain);
        }
        return new Measured(meters, howFilled, ours.millis(), plain.millis());
    }

    /** The questions. */
    private record Asked(MeterStore filled, Arguments arguments) {
        private String prefix(int number) {
            String name = arguments.series(number).key();
            return "meter/" + name.substring(0, name.length() - 2);
        }

        void ask(DuckDbStore store, Questions questions) throws Exception {
            Answers answers = new Answers(store);
            Instant asOf = Clock.systemUTC().instant();
            questions.ask(
                    TOTAL,
                    i -> expect(
                            arguments.meters(),
                            answers.total(arguments.date(i), null).meters()));
            questions.ask(
                    AS_OF,
                    i -> expect(
                            arguments.meters(),
                            answers.total(arguments.date(i), asOf).meters()));
            questions.ask(
                    DAILY,
                    i -> expect(
                            arguments.days(),
                            answers.totals(arguments.from(), arguments.to(), null)
                                    .size()));
            questions.ask(YEAR, i -> {
                StoredSeries series = store.find(arguments.series(i)).orElseThrow();
                try (Stream<Reading> readings = answers.readings(series, null, null, null)) {
                    expect(
                            arguments.days() * (long) Demand.HALF_HOURS,
                            readings.filter(r -> r.value() != null).count());
                }
            });
            questions.ask(EXPLAIN, i -> {
                try (Stream<StoredBlock> blocks =
                        answers.explain(arguments.date(i), null, null).blocks()) {
                    expect(
                            Math.min(FIRST_BLOCKS, arguments.meters()),
                            blocks.limit(FIRST_BLOCKS).toList().size());
                }
            });
            questions.ask(
                    FIND,
                    i -> expect(1, store.find(arguments.series(i)).stream().count()));
            questions.ask(SEARCH, i -> {
                try (Stream<StoredSeries> found = store.series(prefix(i))) {
                    expectSome(found.toList().size());
                }
            });
        }

        void ask(PlainScan scan, Questions questions) throws Exception {
            questions.ask(TOTAL, i -> scan.total(arguments.date(i)));
            questions.ask(DAILY, i -> expect(arguments.days(), scan.daily(arguments.from(), arguments.to())));
            questions.ask(
                    YEAR,
                    i -> expect(
                            arguments.days() * (long) Demand.HALF_HOURS,
                            scan.year(arguments.series(i).toString(), arguments.from(), arguments.to())));
            questions.ask(
                    EXPLAIN, i -> expect(Math.min(FIRST_BLOCKS, arguments.meters()), scan.explain(arguments.date(i))));
            questions.ask(FIND, i -> expect(1, scan.find(arguments.series(i).toString())));
            questions.ask(SEARCH, i -> expectSome(scan.search(prefix(i))));
        }

        /** Some dates' totals against what was generated. */
        void check(DuckDbStore store) {
            for (int i = 0; i < CHECKED_DATES; i++) {
                LocalDate date = arguments.date(i);
                Total total = new Answers(store).total(date, null);
                if (total.total().compareTo(filled.kwh(date)) != 0) {
                    throw new IllegalStateException("The total of " + date + " is " + total.total() + ", but "
                            + filled.kwh(date) + " kWh went in");
                }
            }
        }
    }

    private static void expect(long expected, long got) {
        if (expected != got) {
            throw new IllegalStateException("Expected " + expected + ", but got " + got);
        }
    }

    private static void expectSome(long got) {
        if (got == 0) {
            throw new IllegalStateException("Nothing was found");
        }
    }
}
