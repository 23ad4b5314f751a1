package io.tallywatt.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** {@code ./tallywatt serve} on a filled store: how soon it answers, how much, how fast, and what an ingest does to that. */
final class ServeBenchmark {
    private static final int RUNS = 5;
    private static final int CHECKED = 5;
    private static final List<Integer> CALLERS = List.of(1, 16, 64);
    /** At which the other server is asked too. */
    private static final List<Integer> COMPARED = List.of(1, 16);
    /** For all rounds of one comparison: where an answer takes seconds, there are fewer rounds. */
    private static final double LONGEST_COMPARISON_SECONDS = 60;

    private static final double PER_SECOND = 200;
    private static final String FILES = "/api/v1/files?limit=1";
    private static final Pattern TOTAL = Pattern.compile("\"total\":([0-9.]+)");
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.]+)");

    private final Path home;
    private final Path folder;
    private final Sizes sizes;
    private final Jvm jvm;
    private final Progress progress;

    /**
     * How much of everything.
     *
     * @param seconds of one measurement
     * @param uploadRows of each file that comes in while questions are answered
     */
    record Sizes(int meters, int days, double seconds, long uploadRows, int threads, long seed) {
        Arguments arguments() {
            return new Arguments(meters, days);
        }
    }

    ServeBenchmark(Path home, Path folder, Sizes sizes, Progress progress) {
        this.home = home;
        this.folder = folder;
        this.sizes = sizes;
        this.jvm = new Jvm(home, folder);
        this.progress = progress;
    }

    /** @param tables told one after the other, since all of them take a while */
    void measure(MeterStore.Deliveries deliveries, Consumer<String> tables) throws Exception {
        Path data = Files.createDirectories(folder.resolve("served"));
        try {
            MeterStore store = new MeterStore(
                    data.resolve("tallywatt.duckdb"), sizes.meters(), sizes.days(), sizes.threads(), sizes.seed());
            tables.accept("a store of " + sizes.days() + " days, filled through its port by " + deliveries.inWords()
                    + ", then served with " + sizes.threads() + " threads\n  " + store.fill(deliveries, progress)
                    + "\n");
            // No other process can open a file that is being served: the other server has a copy.
            Path copy = Files.copy(store.file(), data.resolve("other.duckdb"));
            tables.accept(starts(data));
            try (ChildServer ours = serve(data);
                    ChildServer theirs = other(copy)) {
                progress.say("checking answers");
                check(ours, store);
                check(theirs, store);
                tables.accept(closedLoop(ours));
                tables.accept(comparison(ours, theirs));
            }
            Files.delete(copy);
            try (ChildServer ours = serve(data)) {
                tables.accept(openLoop(ours));
                check(ours, store);
            }
        } finally {
            IngestBenchmark.remove(data);
        }
    }

    // ---- Starting

    private Map<String, String> environment(Path data) {
        return Map.of(
                "TALLYWATT_NO_BUILD",
                "1",
                "TALLYWATT_DATA",
                data.toString(),
                "TALLYWATT_THREADS",
                String.valueOf(sizes.threads()),
                "TALLYWATT_COLLECT",
                "none",
                "TALLYWATT_ZONE",
                "UTC");
    }

    private List<String> tallywatt(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("tallywatt").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private ChildServer serve(Path data) throws IOException {
        return ChildServer.start(tallywatt("serve", "--port", "0"), environment(data), folder);
    }

    /** With the launcher's flags, so the same heap, and what makes it send small answers at once. */
    private ChildServer other(Path file) throws IOException {
        List<String> flags = List.of("-Dsun.net.httpserver.nodelay=true");
        List<String> arguments = List.of(file.toString(), String.valueOf(sizes.threads()));
        return ChildServer.start(jvm.command(DuckDbServer.class, flags, arguments), Map.of(), folder);
    }

    /** The program's start, as a server and as a command. */
    private String starts(Path data) throws IOException, InterruptedException {
        progress.say("starts");
        String path = HttpQuestion.totalPath(sizes.arguments(), 0);
        List<String> total = tallywatt("total", sizes.arguments().date(0).toString());
        Table table = new Table("starts, " + RUNS + " each", "wall s", "min", "max", "CPU s", "RSS MB");
        double[] toAddress = new double[RUNS];
        double[] toAnswer = new double[RUNS];
        double[] cpu = new double[RUNS];
        double[] rss = new double[RUNS];
        for (int i = -1; i < RUNS; i++) { // the first finds files unread and does not count
            try (ChildServer server = serve(data);
                    HttpConnection connection = new HttpConnection(server.port())) {
                double address = (System.nanoTime() - server.startNanos()) / 1e9;
                connection.text(path);
                double answer = (System.nanoTime() - server.startNanos()) / 1e9;
                if (i >= 0) {
                    toAddress[i] = address;
                    toAnswer[i] = answer;
                    cpu[i] = server.cpuSeconds();
                    rss[i] = server.rssBytes() / 1e6;
                }
            }
        }
        row(table, "  tallywatt serve, until it says its address", new Figures(toAddress), "-", "-");
        row(
                table,
                "  tallywatt serve, until the first answer (200)",
                new Figures(toAnswer),
                Figures.decimals(new Figures(cpu).median(), 2),
                Figures.decimals(new Figures(rss).median(), 0));
        command(table, "  tallywatt --version", tallywatt("--version"), data);
        command(table, "  tallywatt --help", tallywatt("--help"), data);
        command(table, "  tallywatt total DATE", total, data);
        try (ChildServer server = serve(data)) {
            progress.say("a server at port " + server.port() + " for the commands");
            command(table, "  tallywatt total DATE, through the server", total, data);
        }
        return table.toString();
    }

    private void command(Table table, String words, List<String> command, Path data)
            throws IOException, InterruptedException {
        double[] wall = new double[RUNS];
        double[] cpu = new double[RUNS];
        ProcessRun.of(command, environment(data), folder);
        for (int i = 0; i < RUNS; i++) {
            ProcessRun run = ProcessRun.of(command, environment(data), folder);
            wall[i] = run.wallSeconds();
            cpu[i] = run.cpuSeconds();
        }
        row(table, words, new Figures(wall), Figures.decimals(new Figures(cpu).median(), 2), "-");
    }

    private static void row(Table table, String words, Figures wall, String cpu, String rss) {
        table.row(
                words,
                Figures.decimals(wall.median(), 2),
                Figures.decimals(wall.min(), 2),
                Figures.decimals(wall.max(), 2),
                cpu,
                rss);
    }

    // ---- Right answers

    /** What is answered is what went in, to the last digit. */
    private void check(ChildServer server, MeterStore store) throws IOException {
        Arguments arguments = sizes.arguments();
        try (HttpConnection connection = new HttpConnection(server.port())) {
            for (int i = 0; i < CHECKED; i++) {
                String path = HttpQuestion.totalPath(arguments, i);
                same(path, store.kwh(arguments.date(i)), numbers(connection.text(path), TOTAL), 1);
                path = HttpQuestion.monthPath(arguments, i);
                long intervals = (arguments.monthTo(i).toEpochDay()
                                - arguments.monthFrom(i).toEpochDay())
                        * Demand.HALF_HOURS;
                BigDecimal month = store.kwh(arguments.meter(i), arguments.monthFrom(i), arguments.monthTo(i));
                same(path, month, numbers(connection.text(path), VALUE), intervals);
            }
            List<BigDecimal> daily = numbers(connection.text(HttpQuestion.dailyPath(arguments)), TOTAL);
            for (int i = 0; i < CHECKED; i++) {
                int day = Math.toIntExact(
                        arguments.date(i).toEpochDay() - arguments.from().toEpochDay());
                same("daily totals", store.kwh(arguments.date(i)), List.of(daily.get(day)), 1);
            }
            same("daily totals", sum(daily), daily, arguments.days());
        }
    }

    private static List<BigDecimal> numbers(String json, Pattern pattern) {
        return pattern.matcher(json)
                .results()
                .map(m -> new BigDecimal(m.group(1)))
                .toList();
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void same(String path, BigDecimal kwh, List<BigDecimal> answered, long count) {
        if (answered.size() != count || kwh.compareTo(sum(answered)) != 0) {
            throw new IllegalStateException(path + " answers " + answered.size() + " numbers that make " + sum(answered)
                    + " kWh, but " + count + " and " + kwh + " kWh went in");
        }
    }

    // ---- As much as there is to be had

    private List<HttpQuestion> questions() {
        Arguments arguments = sizes.arguments();
        return List.of(HttpQuestion.total(arguments), HttpQuestion.daily(arguments), HttpQuestion.month(arguments));
    }

    private String closedLoop(ChildServer server) throws IOException, InterruptedException, ExecutionException {
        List<HttpQuestion> all = new ArrayList<>(questions());
        all.add(HttpQuestion.unchanged(FILES, tag(server)));
        Table table = new Table(
                "closed loop, " + Figures.decimals(sizes.seconds(), 0) + " s each",
                "requests/s",
                "p50 ms",
                "p99",
                "max",
                "bytes",
                "server's CPU ms",
                "RSS MB");
        for (HttpQuestion question : all) {
            progress.say("closed loop: " + question.inWords());
            ClosedLoop.run(server.port(), question, 16, sizes.seconds());
            for (int callers : CALLERS) {
                double cpu = server.cpuSeconds();
                ClosedLoop.Load load = ClosedLoop.run(server.port(), question, callers, sizes.seconds());
                cpu = server.cpuSeconds() - cpu;
                int count = load.millis().count();
                table.row(
                        "  " + question.inWords() + ", " + connections(callers),
                        Figures.count(Math.round(load.perSecond())),
                        Figures.decimals(load.millis().median(), 2),
                        Figures.decimals(load.millis().percentile(99), 2),
                        Figures.decimals(load.millis().max(), 1),
                        Figures.count(load.bytes() / count),
                        Figures.decimals(cpu * 1e3 / count, 3),
                        rss(server));
            }
        }
        return table.toString();
    }

    private static String connections(int callers) {
        return callers == 1 ? "1 connection" : callers + " connections";
    }

    private static String rss(ChildServer server) {
        return Figures.decimals(server.rssBytes() / 1e6, 0);
    }

    private static String tag(ChildServer server) throws IOException {
        try (HttpConnection connection = new HttpConnection(server.port())) {
            return connection.ask(HttpConnection.get(FILES)).tag();
        }
    }

    // ---- Beside another

    private String comparison(ChildServer ours, ChildServer theirs)
            throws IOException, InterruptedException, ExecutionException {
        double seconds = sizes.seconds() / RUNS;
        Table table = new Table(
                "in turns with the JDK's HTTP server over DuckDB's SQL",
                "requests/s",
                "the other's",
                "ratio",
                "min",
                "max",
                "p50 ms",
                "the other's",
                "rounds");
        for (HttpQuestion question : questions()) {
            progress.say("comparison: " + question.inWords());
            ClosedLoop.run(theirs.port(), question, 4, sizes.seconds());
            for (int callers : COMPARED) {
                List<ClosedLoop.Load> our = new ArrayList<>();
                List<ClosedLoop.Load> their = new ArrayList<>();
                long begin = System.nanoTime();
                do {
                    our.add(ClosedLoop.run(ours.port(), question, callers, seconds));
                    their.add(ClosedLoop.run(theirs.port(), question, callers, seconds));
                } while (our.size() < RUNS && (System.nanoTime() - begin) / 1e9 < LONGEST_COMPARISON_SECONDS);
                double[] ratios = new double[our.size()];
                for (int i = 0; i < ratios.length; i++) {
                    ratios[i] = our.get(i).perSecond() / their.get(i).perSecond();
                }
                Figures ratio = new Figures(ratios);
                table.row(
                        "  " + question.inWords() + ", " + connections(callers),
                        rate(our),
                        rate(their),
                        Figures.decimals(ratio.median(), 2),
                        Figures.decimals(ratio.min(), 2),
                        Figures.decimals(ratio.max(), 2),
                        median(our),
                        median(their),
                        String.valueOf(ratio.count()));
            }
        }
        return table + "  RSS at the end: " + rss(ours) + " MB, the other's " + rss(theirs) + " MB\n";
    }

    private static String rate(List<ClosedLoop.Load> loads) {
        double rate = new Figures(
                        loads.stream().mapToDouble(ClosedLoop.Load::perSecond).toArray())
                .median();
        return Figures.decimals(rate, rate < 100 ? 1 : 0);
    }

    private static String median(List<ClosedLoop.Load> loads) {
        double[] medians =
                loads.stream().mapToDouble(load -> load.millis().median()).toArray();
        return Figures.decimals(new Figures(medians).median(), 2);
    }

    // ---- Callers who come when they please

    private String openLoop(ChildServer server) throws IOException, InterruptedException, ExecutionException {
        List<HttpQuestion> questions = questions();
        progress.say("open loop: warming up");
        for (HttpQuestion question : questions) {
            ClosedLoop.run(server.port(), question, 4, sizes.seconds() / 2);
        }
        progress.say("open loop: writing files");
        Uploads uploads = new Uploads(folder, sizes.meters(), sizes.arguments().to(), sizes.seed());
        uploads.write(Math.ceilDiv(sizes.uploadRows(), 4));
        uploads.write(sizes.uploadRows());
        uploads.write(sizes.uploadRows());
        uploads.send(server.port()); // warms up what takes files
        Table table = new Table(
                "open loop, " + Figures.decimals(PER_SECOND, 0)
                        + " requests/s at random times; ms from when each was due",
                "p50",
                "p99",
                "max",
                "requests",
                "RSS MB");

        progress.say("open loop: alone");
        Schedule alone = Schedule.of(PER_SECOND, 2 * sizes.seconds(), questions.size(), sizes.seed());
        OpenLoop calm = OpenLoop.run(server.port(), alone, questions, () -> {});
        rows(table, "alone", calm, request -> true, server);

        progress.say("open loop: a file without load, then one in the middle of it");
        Uploads.Sent without = uploads.send(server.port());
        String rss = rss(server);
        Schedule around = Schedule.of(PER_SECOND, 3 * sizes.seconds(), questions.size(), sizes.seed() + 1);
        AtomicReference<Uploads.Sent> sent = new AtomicReference<>();
        OpenLoop loaded = OpenLoop.run(server.port(), around, questions, () -> {
            Thread.sleep((long) (sizes.seconds() * 500));
            sent.set(uploads.send(server.port()));
        });
        Uploads.Sent with = sent.get();
        rows(table, "while a file came in", loaded, i -> loaded.dueWithin(i, with.begin(), with.end()), server);
        rows(table, "before and after", loaded, i -> !loaded.dueWithin(i, with.begin(), with.end()), server);
        boolean longer = with.seconds() > 2.5 * sizes.seconds();
        return table + "  the file: " + Figures.count(with.file().rows()) + " rows, "
                + Figures.decimals(with.file().bytes() / 1e6, 1) + " MB, by POST, all new: "
                + Figures.decimals(without.seconds(), 2) + " s without load (RSS then " + rss + " MB), "
                + Figures.decimals(with.seconds(), 2) + " s beside it"
                + (longer ? ", longer than the load went on" : "")
                + "\n";
    }

    /** All of some requests, then by question. */
    private void rows(Table table, String words, OpenLoop loop, IntPredicate which, ChildServer server) {
        List<HttpQuestion> questions = questions();
        row(table, "  " + words, loop.millis(which), rss(server));
        for (int q = 0; q < questions.size(); q++) {
            int question = q;
            row(
                    table,
                    "    " + questions.get(q).inWords(),
                    loop.millis(i -> loop.asks(i, question) && which.test(i)),
                    "");
        }
    }

    private static void row(Table table, String words, double[] millis, String rss) {
        if (millis.length == 0) {
            table.row(words, "-", "-", "-", "0", rss);
            return;
        }
        Figures figures = new Figures(millis);
        table.row(
                words,
                Figures.decimals(figures.median(), 2),
                Figures.decimals(figures.percentile(99), 2),
                Figures.decimals(figures.max(), 1),
                Figures.count(figures.count()),
                rss);
    }
}
