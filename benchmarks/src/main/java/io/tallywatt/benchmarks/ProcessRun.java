package io.tallywatt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a whole program.
 *
 * @param wallSeconds from its start to its end
 * @param userSeconds of processor time, children included
 * @param systemSeconds likewise
 * @param peakAnonBytes most anonymous memory (RssAnon) held at any moment, children included, looked at every 10 ms
 * @param startNanos {@link System#nanoTime} when it was started; comparable between processes
 * @param endNanos when it had ended
 */
record ProcessRun(
        double wallSeconds,
        double userSeconds,
        double systemSeconds,
        long peakAnonBytes,
        long startNanos,
        long endNanos,
        String output) {
    private static final int SAMPLE_MILLIS = 10;
    /** Looking for new children reads all of /proc, which is not free: every so many samples. */
    private static final int CHILDREN_EVERY = 20;

    /** The shell's own clock: it asks the kernel what the child used, which Java cannot. */
    private static final String TIMED = """
            TIMEFORMAT='%3R %3U %3S'
            { time "$@" >"$BENCHMARK_OUT" 2>"$BENCHMARK_ERR" </dev/null; } 2>"$BENCHMARK_TIMES\"""";

    /** @throws IllegalStateException if the program fails; a benchmark of a failure is worth nothing */
    static ProcessRun of(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        Path times = Files.createTempFile(folder, "run", ".times");
        try {
            List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "timed"));
            timed.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(timed).directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("BENCHMARK_OUT", out.toString());
            builder.environment().put("BENCHMARK_ERR", err.toString());
            builder.environment().put("BENCHMARK_TIMES", times.toString());
            long start = System.nanoTime();
            Process process = builder.start();
            long peak = watch(process);
            long end = System.nanoTime();
            if (process.exitValue() != 0) {
                throw new IllegalStateException("Exit code " + process.exitValue() + " of " + String.join(" ", command)
                        + "\n" + Files.readString(out) + Files.readString(err));
            }
            String[] used = Files.readString(times).strip().split(" ", -1);
            return new ProcessRun(
                    Double.parseDouble(used[0]),
                    Double.parseDouble(used[1]),
                    Double.parseDouble(used[2]),
                    peak,
                    start,
                    end,
                    Files.readString(out));
        } finally {
            Files.delete(out);
            Files.delete(err);
            Files.delete(times);
        }
    }

    private static long watch(Process shell) throws InterruptedException {
        List<ProcessHandle> children = List.of();
        long peak = 0;
        for (int sample = 0; !shell.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS); sample++) {
            if (children.isEmpty() || sample % CHILDREN_EVERY == 0) {
                children = shell.descendants().toList();
            }
            long sum = 0;
            for (ProcessHandle child : children) {
                sum += statusBytes(child.pid(), "RssAnon:");
            }
            peak = Math.max(peak, sum);
        }
        return peak;
    }

    /** What the kernel says of a process's memory; 0 once it has ended. */
    static long statusBytes(long pid, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // It has ended.
        }
    }

    double cpuSeconds() {
        return userSeconds + systemSeconds;
    }
}
