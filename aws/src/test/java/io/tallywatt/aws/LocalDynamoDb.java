package io.tallywatt.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local, in memory, as a process of its own: one for all tests of a JVM, and a table of its own for each. */
public final class LocalDynamoDb {
    private static final long MOST_MILLIS = 60_000;

    private static final AtomicInteger TABLES = new AtomicInteger();

    private static LocalDynamoDb running;

    private final URI endpoint;
    private final DynamoDbClient client;

    private LocalDynamoDb(URI endpoint) {
        this.endpoint = endpoint;
        this.client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Starts it with the first call. */
    public static synchronized LocalDynamoDb get() {
        if (running == null) {
            running = new LocalDynamoDb(start());
        }
        return running;
    }

    public URI endpoint() {
        return endpoint;
    }

    public DynamoDbClient client() {
        return client;
    }

    /** A name that no other test has. */
    public static String freshName() {
        return "test-" + ProcessHandle.current().pid() + "-" + TABLES.incrementAndGet();
    }

    private static Path folder() {
        Path folder = Path.of(System.getProperty("tallywatt.root"), "testbed", "target", "dynamodb-local");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder + " is missing; expected DynamoDB Local there: mvn -pl testbed package");
        }
        return folder;
    }

    private static URI start() {
        try {
            Path folder = folder();
            Path log = Files.createTempFile("dynamodb-local", ".log");
            int port = freePort();
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx768m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.library.path=" + folder,
                            "-cp",
                            folder + "/*",
                            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                            "-inMemory",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(port)))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            URI endpoint = URI.create("http://localhost:" + port);
            await(endpoint, process, log);
            Files.deleteIfExists(log);
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void await(URI endpoint, Process process, Path log) throws IOException {
        HttpClient http = HttpClient.newHttpClient();
        long end = System.currentTimeMillis() + MOST_MILLIS;
        while (System.currentTimeMillis() < end && process.isAlive()) {
            try {
                http.send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        throw new IllegalStateException("DynamoDB Local did not start: " + Files.readString(log));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted");
    }
}
