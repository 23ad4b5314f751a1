package io.tallywatt.server.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The packaged program as a process of its own, serving on a port that the system picks. As an extension of a test class it
 * lives as long as the class does, and its log is shown where a test fails.
 */
final class RunningServer implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
    private static final Pattern ADDRESS = Pattern.compile("(http://\\S+)\\s");
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(45);

    private final String javaOptions;
    private final Map<String, String> settings;
    private final List<String> arguments;
    private String command = "serve";
    private Path folder;
    private Path log;
    private Process process;
    private URI address;

    RunningServer() {
        this("-Xmx256m");
    }

    RunningServer(String javaOptions) {
        this(javaOptions, Map.of());
    }

    /** @param settings beside those that every server here has, or in their place */
    RunningServer(String javaOptions, Map<String, String> settings) {
        this(javaOptions, settings, List.of());
    }

    /** @param arguments besides the port */
    RunningServer(String javaOptions, Map<String, String> settings, List<String> arguments) {
        this.arguments = arguments;
        this.javaOptions = javaOptions;
        this.settings = Map.copyOf(settings);
    }

    /** The program on data that it makes up. */
    static RunningServer demo() {
        RunningServer demo = new RunningServer("-Xmx512m");
        demo.command = "demo";
        return demo;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println("The server's log at " + context.getDisplayName() + ":\n" + log());
        }
    }

    /** Makes its folder, for a test that puts something there before the program starts. */
    void prepare() throws IOException {
        folder = Files.createTempDirectory("tallywatt-it");
    }

    /** Starts the program, on the data of the last time if there was one, and waits until it tells its address. */
    void start() throws IOException, InterruptedException {
        if (folder == null) {
            folder = Files.createTempDirectory("tallywatt-it");
        }
        log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("tallywatt.root"))
                        .resolve("tallywatt")
                        .toString(),
                command,
                "--port",
                "0");
        builder.command().addAll(arguments);
        builder.environment().keySet().removeIf(name -> name.startsWith("TALLYWATT_"));
        builder.environment()
                .putAll(Map.of(
                        "TALLYWATT_NO_BUILD",
                        "1",
                        "TALLYWATT_DATA",
                        data().toString(),
                        "TALLYWATT_THREADS",
                        "2",
                        "TALLYWATT_COLLECT",
                        "none",
                        "TALLYWATT_JAVA_OPTS",
                        javaOptions,
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        builder.environment().putAll(settings);
        process = builder.directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(log.toFile())
                .start();
        long end = System.nanoTime() + START.toNanos();
        Matcher told = ADDRESS.matcher(log());
        while (!told.find()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("The server did not start:\n" + log());
            }
            Thread.sleep(20);
            told = ADDRESS.matcher(log());
        }
        address = URI.create(told.group(1));
    }

    URI address() {
        return address;
    }

    int port() {
        return address.getPort();
    }

    Path data() {
        return folder.resolve("data");
    }

    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of uploads that are under way. */
    List<Path> uploads() throws IOException {
        Path uploads = data().resolve("uploads");
        if (!Files.isDirectory(uploads)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(uploads)) {
            return files.toList();
        }
    }

    /** SIGTERM. */
    void tellToStop() {
        process.destroy();
    }

    /** Waits for the end that it was told of; its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The server did not stop:\n" + log());
        }
        return process.exitValue();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Stops it and removes its data. */
    void close() throws IOException, InterruptedException {
        if (process != null) {
            tellToStop();
            awaitEnd();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
