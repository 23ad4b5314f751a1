package io.tallywatt.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.Main;
import io.tallywatt.server.cli.Wide;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Server and commands as processes of their own, which end as processes do. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DoorProcessTest {
    @TempDir
    Path folder;

    private ProcessBuilder java(Path working, List<String> flags, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"))));
        command.addAll(flags);
        // Surefire's own path is a jar with nothing but a manifest.
        command.add("-cp");
        command.add(Objects.requireNonNullElse(
                System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(working).toFile());
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(key -> key.startsWith("TALLYWATT_"));
        env.put("TALLYWATT_MEMORY", "256MB");
        env.put("TALLYWATT_THREADS", "2");
        return builder;
    }

    private Process server() throws IOException {
        Process server = java(folder.resolve("elsewhere"), List.of(), HoldingServer.class, folder.toString())
                .start();
        assertThat(server.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("READY true");
        return server;
    }

    private record Result(int exitCode, String out, String err) {}

    private ProcessBuilder client(String... arguments) throws IOException {
        ProcessBuilder builder = java(folder.resolve("work"), List.of(), Main.class, arguments);
        builder.environment().put("TALLYWATT_DATA", "../data");
        return builder;
    }

    private Result result(ProcessBuilder builder) throws Exception {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve("work").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void commandsOfOtherProcessesMeanTheirOwnFilesAndStreams() throws Exception {
        Path a = file("m/a.csv", Wide.file("A", 2, 2));
        Path b = file("b.csv", Wide.file("B", 1, 2));
        Process server = server();
        try {
            Result ingest = result(client("ingest", "m/a.csv"));
            assertThat(ingest.err()).isEmpty();
            assertThat(ingest.exitCode()).isZero();
            assertThat(ingest.out()).contains("m/a.csv  ").contains("4 rows, meter-days: 4 new");
            Result piped = result(client("ingest", "-").redirectInput(b.toFile()));
            assertThat(piped.out()).contains("2 rows, meter-days: 2 new");
            if (Files.exists(Path.of("/proc/self/fd"))) {
                Result device = result(client("ingest", "/dev/stdin").redirectInput(a.toFile()));
                assertThat(device.out()).contains("/dev/stdin").contains("known already as delivery 1");
                Result written = result(client("readings", "meter/B0/consumption", "-o", "/dev/stdout"));
                assertThat(written.out()).startsWith("start,end,value,quality\n");
            }
            assertThat(result(client("withdraw", "nope")).exitCode()).isEqualTo(2);

            ProcessBuilder watched = java(
                    folder.resolve("work"),
                    List.of("-Xlog:class+load:file=" + folder.resolve("classes.txt")),
                    Main.class,
                    "total",
                    "2024-01-01",
                    "--data",
                    "../data");
            Result total = result(watched);
            assertThat(total.exitCode()).isZero();
            assertThat(total.out()).contains(Wide.text(Wide.total(2, 0).add(Wide.total(1, 0))));
            assertThat(Files.readString(folder.resolve("classes.txt")))
                    .contains("io.tallywatt.server.door.DoorClient")
                    .doesNotContain("org.duckdb")
                    .doesNotContain("io.tallywatt.duckdb");

            server.getOutputStream().close();
            assertThat(server.waitFor()).isZero();
            assertThat(result(client("files", "--format", "csv")).out())
                    .contains("m/a.csv")
                    .contains(",-,");
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }

    @Test
    void aKilledClientLeavesNothingAndAKilledServerNobodyInTheDark() throws Exception {
        file("a.csv", Wide.file("A", 2, 2));
        Process server = server();
        try {
            Process client = client("ingest", "-").start();
            try (OutputStream typing = client.getOutputStream()) {
                typing.write(Wide.file("A", 2, 2).getBytes(StandardCharsets.UTF_8));
                typing.flush();
                waitForSpool(true);
                client.destroyForcibly().onExit().join();
            } catch (IOException e) {
                assertThat(client.isAlive()).isFalse();
            }
            waitForSpool(false);
            assertThat(result(client("files")).out()).isEqualTo("No file has come yet.\n");
            assertThat(result(client("ingest", "a.csv")).exitCode()).isZero();

            Process waiting = client("ingest", "-").start();
            waitForSpool(true);
            server.destroyForcibly().onExit().join();

            assertThat(waiting.waitFor()).isEqualTo(3);
            assertThat(new String(waiting.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("tallywatt: The running server (" + Home.URL + ", process " + server.pid()
                            + ") ended before it was done. Nothing is lost: run the same command again\n");
            Result alone = result(client("ingest", "a.csv"));
            assertThat(alone.exitCode()).isZero();
            assertThat(alone.out()).contains("known already as delivery 1");
            Process next = server();
            assertThat(result(client("files")).exitCode()).isZero();
            next.destroyForcibly().onExit().join();
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }

    private void waitForSpool(boolean something) throws Exception {
        Path spool = folder.resolve("data/tmp");
        boolean there = !something;
        while (there != something) {
            Thread.sleep(20);
            if (Files.exists(spool)) {
                try (var left = Files.list(spool)) {
                    there = left.findAny().isPresent();
                }
            }
        }
    }
}
