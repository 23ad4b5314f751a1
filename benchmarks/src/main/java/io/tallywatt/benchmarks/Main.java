package io.tallywatt.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code ./benchmark} runs. */
@Command(
        name = "benchmark",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        version = "Tallywatt benchmarks",
        usageHelpWidth = 100,
        description = {
            "Measures Tallywatt and prints the tables; what is going on goes to stderr.",
            "",
            "  ingest  ./tallywatt ingest beside DuckDB's own read_csv on a generated file,",
            "          whole processes in turns; what parsing takes alone; where the time goes",
            "  store   questions to a store of many meters, beside DuckDB's scan of its file",
            "  serve   ./tallywatt serve over HTTP: starts, requests a second, waiting times, also while a",
            "          large file comes in; beside the JDK's HTTP server over DuckDB's SQL",
            "  loops   the inner loops by JMH",
            "  rules   precision and recall of the rules of judging on the simulated feed and on labelled files,",
            "          beside two plain ways",
            "  inbox   small files that wait in the inbox, beside DuckDB's read_json",
            "  flows   the last 24 hours of all borders and cables from a store of many days, beside SQL over the",
            "          view that the file has; once more with meters in the same store",
            "  all     all of them",
            ""
        },
        footer = {
            "",
            "Everything measured, but for the labelled files, is generated and lies in a folder under TMPDIR (or /tmp),",
            "about 6 GB for the default sizes, that is removed at the end."
        })
final class Main implements Callable<Integer> {
    /** What to measure. */
    private enum Part {
        INGEST,
        STORE,
        SERVE,
        LOOPS,
        RULES,
        INBOX,
        FLOWS,
        PAGE,
        ALL
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "ingest|store|serve|loops|rules|inbox|flows|page|all",
            description = "What to measure (all).")
    private Part part = Part.ALL;

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N,...",
            hideParamSyntax = true,
            description = "ingest: meter-days (1000000,5000000).")
    private List<Long> rows = List.of(1_000_000L, 5_000_000L);

    @Option(
            names = "--order",
            split = ",",
            paramLabel = "meter|date,...",
            hideParamSyntax = true,
            description = "ingest: rows sorted by meter then date, by date then meter, or a file of each (meter).")
    private List<MeterFile.Order> orders = List.of(MeterFile.Order.METER);

    @Option(names = "--runs", paramLabel = "N", description = "ingest: runs of each program (${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(
            names = "--meters",
            split = ",",
            paramLabel = "N,...",
            hideParamSyntax = true,
            description = "store, serve, flows: meters (store: 1000,100000; serve: 100000; flows: 0,10000).")
    private @Nullable List<Integer> meters;

    @Option(
            names = "--deliveries",
            paramLabel = "nightly|monthly",
            description = "store, serve: how the readings came (nightly).")
    private MeterStore.Deliveries deliveries = MeterStore.Deliveries.NIGHTLY;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "serve: seconds of one measurement (${DEFAULT-VALUE}).")
    private double seconds = 10;

    @Option(
            names = "--upload",
            paramLabel = "N",
            description = "serve: rows of each file that comes in (${DEFAULT-VALUE}).")
    private long uploadRows = 1_000_000;

    @Option(names = "--files", paramLabel = "N", description = "inbox: files of a round (${DEFAULT-VALUE}).")
    private int files = 20_000;

    @Option(names = "--days", paramLabel = "N", description = "Days of each meter (${DEFAULT-VALUE}).")
    private int days = 365;

    @Option(names = "--threads", paramLabel = "N", description = "For every program (${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything generated (${DEFAULT-VALUE}).")
    private long seed = 42;

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(property("tallywatt.home"));
        Path folder = Path.of(property("tallywatt.benchmark.work"));
        System.out.println(Machine.facts());
        if (part == Part.INGEST || part == Part.ALL) {
            IngestBenchmark ingest = new IngestBenchmark(home, folder, threads, runs, Progress.STDERR);
            ingest.prepare(seed);
            for (MeterFile.Order order : orders) {
                for (long n : rows) {
                    System.out.println(ingest.measure(MeterFile.ofAtLeast(n, days, order, seed)));
                }
            }
        }
        if (part == Part.STORE || part == Part.ALL) {
            System.out.println(new StoreBenchmark(folder, threads, days, seed, Progress.STDERR)
                    .measure(Objects.requireNonNullElse(meters, List.of(1_000, 100_000)), deliveries));
        }
        if (part == Part.SERVE || part == Part.ALL) {
            for (int fleet : Objects.requireNonNullElse(meters, List.of(100_000))) {
                ServeBenchmark.Sizes sizes = new ServeBenchmark.Sizes(fleet, days, seconds, uploadRows, threads, seed);
                new ServeBenchmark(home, folder, sizes, Progress.STDERR).measure(deliveries, System.out::println);
            }
        }
        if (part == Part.LOOPS || part == Part.ALL) {
            Progress.STDERR.say("inner loops");
            System.out.println(Loops.measure());
        }
        if (part == Part.RULES || part == Part.ALL) {
            System.out.println(new FeedScore(folder.resolve("feed"), seed, Progress.STDERR).measure());
            Path fixtures = home.resolve("../shared/fixtures/anomalies").normalize();
            System.out.println(new RulesBenchmark(fixtures, Progress.STDERR).measure());
        }
        if (part == Part.INBOX || part == Part.ALL) {
            Path own = Files.createDirectories(folder.resolve("inbox"));
            System.out.println(new InboxBenchmark(own, files, threads, seed, Progress.STDERR).measure());
        }
        if (part == Part.FLOWS || part == Part.ALL) {
            for (int fleet : Objects.requireNonNullElse(meters, List.of(0, 10_000))) {
                Path own = Files.createDirectories(folder.resolve("flows"));
                System.out.println(new FlowsBenchmark(own, threads, days, fleet, seed, Progress.STDERR).measure());
            }
        }
        if (part == Part.PAGE || part == Part.ALL) {
            System.out.println(new PageBenchmark(home, folder.resolve("page"), seed, Progress.STDERR).measure());
        }
        return 0;
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The property " + name + " is not set: start by ./benchmark");
        }
        return value;
    }
}
