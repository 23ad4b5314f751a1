package io.tallywatt.benchmarks;

import io.tallywatt.core.query.Answers;
import io.tallywatt.core.query.Total;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** {@code ./tallywatt ingest} beside DuckDB's own way of loading the same file. */
final class IngestBenchmark {
    private static final int SMALL_METERS = 20;
    private static final double MB = 1e6;

    private final Path home;
    private final Path folder;
    private final int threads;
    private final int runs;
    private final Jvm jvm;
    private final Progress progress;

    IngestBenchmark(Path home, Path folder, int threads, int runs, Progress progress) {
        this.home = home;
        this.folder = folder;
        this.threads = threads;
        this.runs = runs;
        this.jvm = new Jvm(home, folder);
        this.progress = progress;
    }

    /** Records the start-up caches of the programs that stand beside ./tallywatt, which has one of its own. */
    void prepare(long seed) throws IOException, InterruptedException {
        progress.say("recording start-up caches");
        MeterFile.Written small =
                new MeterFile(SMALL_METERS, 365, MeterFile.Order.METER, seed).write(folder.resolve("small.csv"));
        Path base = folder.resolve("small.duckdb");
        jvm.train(CsvLoad.class, small.path().toString(), base.toString(), String.valueOf(threads));
        Files.delete(base);
        Path data = folder.resolve("small");
        jvm.train(WatchedIngest.class, ingest(data, small.path()).toArray(String[]::new));
        remove(data);
        Files.delete(small.path());
    }

    String measure(MeterFile kind) throws IOException, InterruptedException, ExecutionException {
        progress.say("writing " + Figures.count(kind.rows()) + " rows, by "
                + kind.order().inWords());
        MeterFile.Written file = kind.write(folder.resolve("meters.csv"));
        try {
            StringBuilder text = new StringBuilder();
            text.append(
                    Figures.count(file.rows()) + " rows: " + Figures.count(kind.meters()) + " meters x " + kind.days()
                            + " days, " + Figures.decimals(file.bytes() / MB, 1) + " MB, sorted by "
                            + kind.order().inWords() + "\n");
            text.append("48 values a row, three decimals, below 1.024 (10 bits each)\n\n");
            text.append(sideBySide(file)).append('\n');
            text.append(phases(file)).append('\n');
            progress.say("parts alone");
            text.append(new Floor(file, threads).measure());
            return text.toString();
        } finally {
            Files.delete(file.path());
        }
    }

    /** One run, with what it left on disk. */
    private record Run(ProcessRun process, long diskBytes) {}

    private String sideBySide(MeterFile.Written file) throws IOException, InterruptedException {
        progress.say("warming up");
        ours(file, true);
        theirs(file);
        List<Run> ours = new ArrayList<>();
        List<Run> theirs = new ArrayList<>();
        double[] ratios = new double[runs];
        double[] cpuRatios = new double[runs];
        for (int i = 0; i < runs; i++) {
            Run our = ours(file, false);
            Run their = theirs(file);
            ours.add(our);
            theirs.add(their);
            ratios[i] = their.process().wallSeconds() / our.process().wallSeconds();
            cpuRatios[i] = their.process().cpuSeconds() / our.process().cpuSeconds();
            progress.say("run " + (i + 1) + " of " + runs + ": "
                    + Figures.decimals(our.process().wallSeconds(), 2) + " s, "
                    + Figures.decimals(their.process().wallSeconds(), 2) + " s");
        }
        Table table = new Table(
                "whole processes in turns, " + runs + " each, " + threads + " threads",
                "wall s",
                "min",
                "max",
                "CPU s",
                "RssAnon MB",
                "disk B/row",
                "rows/s");
        table.row(columns("  tallywatt ingest", file, ours));
        table.row(columns("  DuckDB: CREATE TABLE AS read_csv", file, theirs));
        return table + "  " + pairs("wall time", new Figures(ratios)) + "  "
                + pairs("CPU time", new Figures(cpuRatios));
    }

    private static String pairs(String what, Figures ratio) {
        return what + ", DuckDB / tallywatt, pair by pair: median " + Figures.decimals(ratio.median(), 2) + " ("
                + Figures.decimals(ratio.min(), 2) + " to " + Figures.decimals(ratio.max(), 2) + ")\n";
    }

    private String[] columns(String words, MeterFile.Written file, List<Run> all) {
        Figures wall = figures(all, r -> r.process().wallSeconds());
        return new String[] {
            words,
            Figures.decimals(wall.median(), 2),
            Figures.decimals(wall.min(), 2),
            Figures.decimals(wall.max(), 2),
            Figures.decimals(figures(all, r -> r.process().cpuSeconds()).median(), 2),
            Figures.decimals(figures(all, r -> r.process().peakAnonBytes()).median() / MB, 0),
            Figures.decimals(figures(all, Run::diskBytes).median() / file.rows(), 1),
            Figures.count(Math.round(file.rows() / wall.median()))
        };
    }

    private static Figures figures(List<Run> all, ToDoubleFunction<Run> figure) {
        return new Figures(all.stream().mapToDouble(figure).toArray());
    }

    private List<String> ingest(Path data, Path file) {
        return List.of("--data", data.toString(), "ingest", file.toString());
    }

    private Map<String, String> environment() {
        return Map.of("TALLYWATT_THREADS", String.valueOf(threads), "TALLYWATT_ZONE", "UTC");
    }

    private Run ours(MeterFile.Written file, boolean check) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        List<String> command = new ArrayList<>(List.of(home.resolve("tallywatt").toString()));
        command.addAll(ingest(data, file.path()));
        settle();
        ProcessRun process = ProcessRun.of(command, environment(), folder);
        if (check) {
            check(file, data);
        }
        long bytes = size(data);
        remove(data);
        return new Run(process, bytes);
    }

    private Run theirs(MeterFile.Written file) throws IOException, InterruptedException {
        Path base = folder.resolve("other.duckdb");
        settle();
        ProcessRun process = ProcessRun.of(
                jvm.command(
                        CsvLoad.class,
                        List.of(),
                        List.of(file.path().toString(), base.toString(), String.valueOf(threads))),
                Map.of(),
                folder);
        long bytes = Files.size(base);
        Files.delete(base);
        return new Run(process, bytes);
    }

    private Phases phases(MeterFile.Written file) throws IOException, InterruptedException {
        progress.say("phases");
        Phases phases = new Phases(threads);
        Path data = folder.resolve("data");
        for (int i = 0; i < runs; i++) {
            settle();
            phases.add(ProcessRun.of(
                    jvm.command(WatchedIngest.class, List.of(), ingest(data, file.path())), environment(), folder));
            remove(data);
        }
        return phases;
    }

    /** What was taken is what was generated, to the last digit. */
    private void check(MeterFile.Written file, Path data) {
        DuckDbSettings settings = new DuckDbSettings(threads, "1GB", true);
        try (DuckDbStore store = DuckDbStore.open(data.resolve("tallywatt.duckdb"), settings, Clock.systemUTC())) {
            BigDecimal total = new Answers(store)
                    .totals(Answers.EARLIEST, Answers.LATEST, null).stream()
                            .map(Total::total)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (total.compareTo(file.totalKwh()) != 0) {
                throw new IllegalStateException(
                        "The store's total is " + total + ", but the file's " + file.totalKwh());
            }
        }
    }

    /** What the run before left to be written is written, so that this one does not wait for it. */
    private void settle() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }

    private static long size(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    static void remove(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
