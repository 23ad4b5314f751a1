package io.tallywatt.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tallywatt.aws.LocalDynamoDb;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a packaged function as Lambda does: a process of the real runtime client, which asks this server for its next event by the
 * Lambda runtime API, one at a time. It can be killed in the middle, and is started anew for the next event. One process at a time on a
 * machine: the runtime client unpacks its native library to a place that all of them share. Files that it needs for a while are its own,
 * as on Lambda, and stay where they are when it is killed.
 */
public final class LambdaRuntime implements AutoCloseable {
    private static final String NEXT = "/2018-06-01/runtime/invocation/next";
    private static final Duration START = Duration.ofSeconds(60);

    private final Path code;
    private final String handler;
    private final Map<String, String> environment;
    private final Duration timeout;
    private final HttpServer server;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(1);
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final Path folder;
    private final Path log;
    private final Path temporary;
    private final AtomicInteger kills = new AtomicInteger();
    private @Nullable Process process;
    private CountDownLatch ready = new CountDownLatch(1);

    private record Event(String id, String body, long deadlineMillis) {}

    /** The function came to an end that it did not choose, or said that it failed. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** One of the functions that are called by events, as it was packaged. */
    LambdaRuntime(String handler, Map<String, String> environment, Duration timeout) throws IOException {
        this(events(), handler, environment, timeout);
    }

    /** @param code an unpacked zip: classes at the root, libraries in {@code lib} */
    public LambdaRuntime(Path code, String handler, Map<String, String> environment, Duration timeout)
            throws IOException {
        this.code = code;
        this.handler = handler;
        this.environment = environment;
        this.timeout = timeout;
        this.folder = Files.createTempDirectory("function");
        this.log = Files.createFile(folder.resolve("log"));
        this.temporary = Files.createDirectory(folder.resolve("tmp"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.equals(NEXT)) {
            next(exchange);
            return;
        }
        String[] parts = path.split("/");
        if (path.endsWith("/response")) {
            answer(parts[parts.length - 2]).complete(body);
        } else if (path.endsWith("/init/error")) {
            answers.values().forEach(answer -> answer.completeExceptionally(new Failed("It did not start: " + body)));
        } else if (path.endsWith("/error")) {
            answer(parts[parts.length - 2]).completeExceptionally(new Failed(body));
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    private CompletableFuture<String> answer(String id) {
        return answers.computeIfAbsent(id, i -> new CompletableFuture<>());
    }

    private void next(HttpExchange exchange) throws IOException {
        int asking = kills.get();
        ready.countDown();
        try {
            Event event = events.take();
            if (asking != kills.get()) {
                // Whoever asked was killed since: the event is for the one after it.
                events.put(event);
                exchange.close();
                return;
            }
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", event.id);
            exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", Long.toString(event.deadlineMillis));
            exchange.getResponseHeaders()
                    .add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:000000000000:function:test");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = event.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    /** What the stack tells its functions, with what stands in for DynamoDB; to be added to. */
    public static Map<String, String> environment(String table, String bucket) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TALLYWATT_AWS_TABLE", table);
        environment.put("TALLYWATT_AWS_BUCKET", bucket);
        environment.put("TALLYWATT_ZONE", "Europe/London");
        environment.put(
                "TALLYWATT_AWS_DYNAMODB_ENDPOINT",
                LocalDynamoDb.get().endpoint().toString());
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        return environment;
    }

    /** The unpacked zip of the functions that are called by events. */
    public static Path events() {
        Path events = Path.of(System.getProperty("tallywatt.root"), "lambda", "target", "events");
        if (!Files.isDirectory(events.resolve("lib"))) {
            throw new IllegalStateException(
                    events + " is missing; expected the packaged functions: mvn -pl lambda package");
        }
        return events;
    }

    /** The class path of the unpacked zip and of the runtime client. */
    private String classPath() {
        List<String> path = new ArrayList<>(List.of(code.toString(), code.resolve("lib") + "/*"));
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Path.of(jar).getFileName().toString().startsWith("aws-lambda-java-")) {
                path.add(jar);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    /** Starts the process if it does not run, and waits until it asks for an event; says how long that took. */
    public Duration start() {
        if (process != null && process.isAlive()) {
            return Duration.ZERO;
        }
        ready = new CountDownLatch(1);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        classPath(),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        server.getAddress().getHostString() + ":"
                                + server.getAddress().getPort(),
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "test",
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "1024",
                        "AWS_LAMBDA_LOG_GROUP_NAME",
                        "test",
                        "AWS_LAMBDA_LOG_STREAM_NAME",
                        "test",
                        "LAMBDA_TASK_ROOT",
                        "/nowhere",
                        "_HANDLER",
                        handler));
        long began = System.nanoTime();
        try {
            process = builder.start();
            var _ = process.onExit().thenRun(ready::countDown);
            if (!ready.await(START.toSeconds(), TimeUnit.SECONDS) || !process.isAlive()) {
                throw new IllegalStateException("The function did not start:\n" + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Has the function work on an event.
     *
     * @param killAfter kills it so long after it got the event, null to let it be
     */
    public String invoke(String body, @Nullable Duration killAfter) throws Failed, InterruptedException {
        start();
        String id = UUID.randomUUID().toString();
        CompletableFuture<String> answer = answer(id);
        events.put(new Event(id, body, System.currentTimeMillis() + timeout.toMillis()));
        try {
            Duration patience = killAfter == null ? timeout : killAfter;
            var _ = process.onExit().thenRun(() -> answer.completeExceptionally(new Failed("The process ended")));
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            throw new Failed("Killed");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failed failed
                    ? failed
                    : new Failed(e.getCause().toString());
        } finally {
            answers.remove(id);
        }
    }

    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        kills.incrementAndGet();
        events.clear();
    }

    /** What the function wrote to its log. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws Exception {
        kill();
        server.stop(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
