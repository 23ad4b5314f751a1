package io.tallywatt.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the time of an ingest goes: the medians of what {@link WatchedIngest} told in several runs. */
final class Phases {
    /** The mark that ends each phase, in the order in which they come. */
    private static final Map<String, String> STEPS = steps();

    private static final String EXIT = "process end";

    private final int threads;
    private final Map<String, List<Double>> wall = new LinkedHashMap<>();
    private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
    private final List<Double> cursors = new ArrayList<>();

    Phases(int threads) {
        this.threads = threads;
    }

    private static Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("main", "start of the JVM");
        steps.put("opening", "command line, settings");
        steps.put("opened", "store opened, tables made");
        steps.put("take", "format recognised");
        steps.put("pass", "transaction begun");
        steps.put("inserted", "read, digested, parsed, sorted, inserted");
        steps.put("journalled", "journal: totals, meters, silent meters");
        steps.put("revision", "series saved");
        steps.put("taken", "ledger, commit to disk");
        steps.put("closing", "report");
        steps.put("closed", "store closed");
        return steps;
    }

    void add(ProcessRun run) {
        long beforeNanos = run.startNanos();
        double beforeCpu = 0;
        Map<String, long[]> marks = new LinkedHashMap<>();
        run.output().lines().filter(line -> line.startsWith(WatchedIngest.MARK)).forEach(line -> {
            String[] words = line.split(" ", -1);
            marks.put(words[1], new long[] {Long.parseLong(words[2]), Long.parseLong(words[3])});
        });
        for (String step : STEPS.keySet()) {
            long[] mark = marks.get(step);
            if (mark == null) {
                throw new IllegalStateException("No mark '" + step + "' among " + marks.keySet());
            }
            add(step, (mark[0] - beforeNanos) / 1e6, mark[1] - beforeCpu);
            beforeNanos = mark[0];
            beforeCpu = mark[1];
        }
        add(EXIT, (run.endNanos() - beforeNanos) / 1e6, run.cpuSeconds() * 1000 - beforeCpu);
        cursors.add(Objects.requireNonNull(marks.get("cursors"))[0] / 1e6);
    }

    private void add(String step, double wallMillis, double cpuMillis) {
        wall.computeIfAbsent(step, s -> new ArrayList<>()).add(wallMillis);
        cpu.computeIfAbsent(step, s -> new ArrayList<>()).add(cpuMillis);
    }

    private static double median(List<Double> figures) {
        return new Figures(figures.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }

    private static double median(Map<String, List<Double>> all, String step) {
        return median(Objects.requireNonNull(all.get(step)));
    }

    @Override
    public String toString() {
        Table table = new Table("where the time goes", "wall ms", "share", "CPU ms");
        double all = wall.values().stream().mapToDouble(Phases::median).sum();
        double allCpu = cpu.values().stream().mapToDouble(Phases::median).sum();
        STEPS.forEach((step, words) -> {
            row(table, "  " + words, median(wall, step), all, median(cpu, step));
            if (step.equals("inserted")) {
                double each = median(cursors) / threads;
                table.row(
                        "    of it in the readers: read, digest, parse",
                        Figures.decimals(each, 0),
                        Figures.decimals(100 * each / all, 0) + " %",
                        "");
            }
        });
        row(table, "  " + EXIT, median(wall, EXIT), all, median(cpu, EXIT));
        row(table, "  all", all, all, allCpu);
        return table.toString();
    }

    private static void row(Table table, String words, double millis, double all, double cpuMillis) {
        table.row(
                words,
                Figures.decimals(millis, 0),
                Figures.decimals(100 * millis / all, 0) + " %",
                Figures.decimals(cpuMillis, 0));
    }
}
