package io.tallywatt.benchmarks;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Total;
import io.tallywatt.core.reading.Reading;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredBlock;
import io.tallywatt.core.store.StoredSeries;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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

    /** How often the meters' readings come. */
    enum Deliveries {
        NIGHTLY(1, "nightly deliveries of one day each"),
        MONTHLY(30, "deliveries of 30 days each");

        private final int days;
        private final String words;

        Deliveries(int days, String words) {
            this.days = days;
            this.words = words;
        }
    }

    /** What was measured with so many meters. */
    private record Measured(int meters, String filled, Map<String, Figures> ours, Map<String, Figures> plain) {}

    String measure(List<Integer> fleets, Deliveries deliveries) throws Exception {
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
        text.append("a store of " + days + " days, filled through its port by " + deliveries.words + ", " + threads
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

    private Measured measure(int meters, Deliveries deliveries, Path file) throws Exception {
        DuckDbSettings settings = new DuckDbSettings(threads, "1GB", false);
        String filled;
        try (DuckDbStore store = DuckDbStore.open(file, settings, Clock.systemUTC())) {
            filled = fill(store, meters, deliveries);
        }
        long blocks = (long) meters * days;
        filled += "; " + Figures.decimals(Files.size(file) / 1e6, 1) + " MB, "
                + Figures.decimals((double) Files.size(file) / blocks, 1) + " bytes a block";
        progress.say(filled);
        filled += tidied(file, settings);
        Asked asked = new Asked(meters);
        Questions ours = new Questions();
        try (DuckDbStore store = DuckDbStore.open(file, settings, Clock.systemUTC())) {
            asked.check(store);
            asked.ask(store, ours);
        }
        Questions plain = new Questions();
        try (PlainScan scan = new PlainScan(file, threads)) {
            asked.ask(scan, plain);
        }
        return new Measured(meters, filled, ours.millis(), plain.millis());
    }

    /** Puts the past months in order, as a company would once a month; returns how long it took, in words. */
    private static String tidied(Path file, DuckDbSettings settings) {
        try (DuckDbStore store = DuckDbStore.open(file, settings, Clock.systemUTC())) {
            long begin = System.nanoTime();
            int months = store.tidy().size();
            return "; " + months + " months tidied in " + Figures.decimals((System.nanoTime() - begin) / 1e9, 0) + " s";
        }
    }

    /** Returns how long it took, in words. */
    private String fill(DuckDbStore store, int meters, Deliveries deliveries) {
        Demand demand = new Demand(seed);
        int from = Math.toIntExact(MeterFile.FIRST.toEpochDay());
        int n = Math.ceilDiv(days, deliveries.days);
        double[] seconds = new double[n];
        long begin = System.nanoTime();
        for (int i = 0; i < n; i++) {
            int day = i * deliveries.days;
            long start = System.nanoTime();
            store.take(new MeterBlocks(demand, meters, from + day, Math.min(deliveries.days, days - day)));
            seconds[i] = (System.nanoTime() - start) / 1e9;
            if (i % 10 == 0) {
                progress.say(Figures.count(meters) + " meters, delivery " + (i + 1) + " of " + n + ": "
                        + Figures.decimals(seconds[i], 2) + " s");
            }
        }
        double all = (System.nanoTime() - begin) / 1e9;
        return Figures.count(meters) + " meters: " + Figures.count((long) meters * days) + " blocks in "
                + Figures.decimals(all, 0) + " s, a delivery " + Figures.decimals(new Figures(seconds).median(), 3)
                + " s (first " + Figures.decimals(seconds[0], 3) + ", last " + Figures.decimals(seconds[n - 1], 3)
                + ")";
    }

    /** The questions, with arguments that differ from call to call and are the same in every run. */
    private final class Asked {
        private final int meters;
        private final LocalDate from = MeterFile.FIRST;
        private final LocalDate to = from.plusDays(days);

        Asked(int meters) {
            this.meters = meters;
        }

        private LocalDate date(int number) {
            return from.plusDays(Math.floorMod(number * 7919L, days));
        }

        private String key(int number) {
            return new String(MeterFile.id(Math.floorMod(number * 104_729L, meters)), StandardCharsets.US_ASCII);
        }

        private Series series(int number) {
            return Series.meterConsumption(key(number));
        }

        private String prefix(int number) {
            String name = series(number).key();
            return "meter/" + name.substring(0, name.length() - 2);
        }

        void ask(DuckDbStore store, Questions questions) throws Exception {
            Answers answers = new Answers(store);
            Instant asOf = Clock.systemUTC().instant();
            questions.ask(
                    TOTAL, i -> expect(meters, answers.total(date(i), null).meters()));
            questions.ask(
                    AS_OF, i -> expect(meters, answers.total(date(i), asOf).meters()));
            questions.ask(
                    DAILY, i -> expect(days, answers.totals(from, to, null).size()));
            questions.ask(YEAR, i -> {
                StoredSeries series = store.find(series(i)).orElseThrow();
                try (Stream<Reading> readings = answers.readings(series, null, null, null)) {
                    expect(
                            days * (long) Demand.HALF_HOURS,
                            readings.filter(r -> r.value() != null).count());
                }
            });
            questions.ask(EXPLAIN, i -> {
                try (Stream<StoredBlock> blocks =
                        answers.explain(date(i), null, null).blocks()) {
                    expect(
                            Math.min(FIRST_BLOCKS, meters),
                            blocks.limit(FIRST_BLOCKS).toList().size());
                }
            });
            questions.ask(FIND, i -> expect(1, store.find(series(i)).stream().count()));
            questions.ask(SEARCH, i -> {
                try (Stream<StoredSeries> found = store.series(prefix(i))) {
                    expectSome(found.toList().size());
                }
            });
        }

        void ask(PlainScan scan, Questions questions) throws Exception {
            questions.ask(TOTAL, i -> scan.total(date(i)));
            questions.ask(DAILY, i -> expect(days, scan.daily(from, to)));
            questions.ask(
                    YEAR,
                    i -> expect(
                            days * (long) Demand.HALF_HOURS, scan.year(series(i).toString(), from, to)));
            questions.ask(EXPLAIN, i -> expect(Math.min(FIRST_BLOCKS, meters), scan.explain(date(i))));
            questions.ask(FIND, i -> expect(1, scan.find(series(i).toString())));
            questions.ask(SEARCH, i -> expectSome(scan.search(prefix(i))));
        }

        /** Some dates' totals against what was generated. */
        void check(DuckDbStore store) {
            Demand demand = new Demand(seed);
            long[] values = new long[Demand.HALF_HOURS];
            for (int i = 0; i < CHECKED_DATES; i++) {
                LocalDate date = date(i);
                long wattHours = 0;
                for (int m = 0; m < meters; m++) {
                    wattHours += demand.day(m, Math.toIntExact(date.toEpochDay()), values, 0);
                }
                Total total = new Answers(store).total(date, null);
                if (total.total().compareTo(BigDecimal.valueOf(wattHours, 3)) != 0) {
                    throw new IllegalStateException(
                            "The total of " + date + " is " + total.total() + ", but " + wattHours + " Wh went in");
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
