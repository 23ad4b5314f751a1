package io.tallywatt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts another class of this module as ./tallywatt is started: the same JVM and flags, the same jars (DuckDB's native
 * library beside its jar), and a start-up cache recorded by a run of the same work.
 */
final class Jvm {
    private final Path home;
    private final Path folder;

    /**
     * @param home the checkout
     * @param folder for work files
     */
    Jvm(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Runs the class once on something small, to record its cache. */
    void train(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = command(main, "-XX:AOTCacheOutput=" + cache(main));
        command.addAll(List.of(arguments));
        ProcessRun.of(command, Map.of(), folder);
    }

    /** The command that runs the class with its cache. */
    List<String> command(Class<?> main, List<String> flags, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(flags);
        if (Files.exists(cache(main))) {
            all.add("-XX:AOTCache=" + cache(main));
        }
        List<String> command = command(main, all.toArray(String[]::new));
        command.addAll(arguments);
        return command;
    }

    private Path cache(Class<?> main) {
        return folder.resolve(main.getSimpleName() + ".aot");
    }

    private List<String> command(Class<?> main, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launcherFlags());
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** As they stand in the launcher. */
    private List<String> launcherFlags() throws IOException {
        List<String> flags = new ArrayList<>();
        try (Stream<String> lines = Files.lines(home.resolve("tallywatt"))) {
            lines.dropWhile(line -> !line.equals("flags=("))
                    .skip(1)
                    .takeWhile(line -> !line.equals(")"))
                    .map(line -> line.replaceFirst("\\s+#.*", "").strip().replace("'", ""))
                    .forEach(line -> flags.addAll(Arrays.asList(line.split(" +", -1))));
        }
        if (!flags.contains("-XX:+UseSerialGC")) {
            throw new IllegalStateException("The launcher's flags are not where they were in " + home);
        }
        return flags;
    }
}
