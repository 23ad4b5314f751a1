package io.tallywatt.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which says on stderr where it listens. */
final class ChildServer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)");
    private static final long LONGEST_END = 60;

    private final Process process;
    private final long startNanos;
    private final int port;

    private ChildServer(Process process, long startNanos, int port) {
        this.process = process;
        this.startNanos = startNanos;
        this.port = port;
    }

    /** Returns once it has said where it listens. */
    static ChildServer start(List<String> command, Map<String, String> environment, Path folder) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            said.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread.ofVirtual().start(() -> err.lines().forEach(Progress.STDERR::say));
                return new ChildServer(process, start, Integer.parseInt(address.group(1)));
            }
        }
        throw new IllegalStateException("Does not serve: " + String.join(" ", command) + "\n" + said);
    }

    int port() {
        return port;
    }

    /** When it was started, as {@link System#nanoTime} has it. */
    long startNanos() {
        return startNanos;
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** All of its memory that is not swapped out: anonymous and, of files, what is mapped. */
    long rssBytes() {
        return ProcessRun.statusBytes(process.pid(), "VmRSS:");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(LONGEST_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
