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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A process that stands in for a service of AWS; it ends with this JVM. */
final class StandIn {
    /** Who asks, and the secret that the stand-ins know of it. */
    static final String IDENTITY = "local";

    private static final long MOST_MILLIS = 60_000;
    private static final Duration ONE_LOOK = Duration.ofSeconds(5);

    private StandIn() {}

    static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(IDENTITY, IDENTITY));
    }

    /** What testbed's modules packaged. */
    static Path packaged(String module, String name) {
        Path path = Path.of(System.getProperty("tallywatt.root"))
                .resolve(module)
                .resolve("target")
                .resolve(name);
        if (!Files.exists(path)) {
            throw new IllegalStateException(
                    path + " is missing; expected it to be packaged: mvn -pl " + module + " package");
        }
        return path;
    }

    /** A JVM that is small and quick to start. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(arguments));
        return command;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until it answers anything at all. */
    static URI start(String name, int port, List<String> command) {
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        try {
            Path log = Files.createTempFile("stand-in", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            await(name, endpoint, process, log);
            Files.deleteIfExists(log);
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String name, URI endpoint, Process process, Path log) throws IOException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(ONE_LOOK).build();
        long end = System.currentTimeMillis() + MOST_MILLIS;
        while (System.currentTimeMillis() < end && process.isAlive()) {
            try {
                http.send(
                        HttpRequest.newBuilder(endpoint).timeout(ONE_LOOK).build(),
                        HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        throw new IllegalStateException(name + " did not start: " + Files.readString(log));
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
