package io.tallywatt.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.store.DeliveryState;
import io.tallywatt.server.cli.Cli;
import io.tallywatt.server.cli.Cli.Result;
import io.tallywatt.server.cli.CommandLineApp;
import io.tallywatt.server.cli.Surroundings;
import io.tallywatt.server.cli.Wide;
import io.tallywatt.server.files.WorkingFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DoorTest {
    /** Input that cannot be read: it does for commands that have none, too. */
    private static final InputStream FAILING = new InputStream() {
        @Override
        public int read() throws IOException {
            throw new IOException("Input/output error");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("Input/output error");
        }
    };

    private static final Executor ASIDE = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path file(Home home, String name, String text) throws IOException {
        return home.cli.file("work/" + name, text);
    }

    private static String total(Home home, String date) {
        return home.cli.run(FAILING, "total", date, "--format", "json").json().text("total");
    }

    @Test
    void aPlaceThatOnlyItsOwnerMayEnterIsToldWhileItIsOpen() throws IOException {
        Path data;
        try (Home home = Home.open(folder)) {
            data = home.cli.data();
            Running running = Door.running(data).orElseThrow();
            assertThat(running.url()).isEqualTo(Home.URL);
            assertThat(running.process()).isEqualTo(ProcessHandle.current().pid());
            assertThat(running.socket()).startsWithRaw(data.toRealPath());
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(running.socket().getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(Door.running(data)).isEmpty();
        try (var left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("tallywatt.duckdb");
        }
    }

    @Test
    void aFolderTooDeepForASocketHasItElsewhere() throws IOException {
        Path deep = folder.resolve("d".repeat(90));
        try (Home home = Home.open(deep)) {
            Running running = Door.running(home.cli.data()).orElseThrow();
            assertThat(running.socket().startsWith(deep)).isFalse();
            assertThat(home.cli.run("files").out()).isEqualTo("No file has come yet.\n");
            home.close();
            assertThat(running.socket().getParent()).doesNotExist();
        }
    }

    @Test
    void aCopyOfTheFolderIsNotTheServersFolder() throws IOException {
        try (Home home = Home.open(folder)) {
            Path copy = Files.createDirectories(folder.resolve("copy"));
            Files.copy(home.cli.data().resolve("server"), copy.resolve("server"));

            assertThat(Door.running(copy)).isEmpty();
        }
    }

    @Test
    void aLongInputGoesOverAsItIsAskedFor() throws IOException {
        String file = Wide.file("M", 40, 100);
        try (Home home = Home.open(folder)) {
            Result result = home.cli.stdin(bytes(file)).run("ingest", "-");

            assertThat(file.length()).isGreaterThan(10 * Wire.PIECE);
            assertThat(result.out()).contains("4,000 rows, meter-days: 4,000 new");
            assertThat(total(home, "2024-01-02")).isEqualTo(Wide.text(Wide.total(40, 1)));
        }
    }

    @Test
    void anInputThatCannotBeReadIsToldInItsWords() throws IOException {
        try (Home home = Home.open(folder)) {
            Result result = home.cli.run(FAILING, "ingest", "-");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).contains("not taken: Input/output error");
        }
    }

    @Test
    void commandsAreCarriedOutAtOnce() throws Exception {
        try (Home home = Home.open(folder);
                PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream slow = new PipedInputStream(typing)) {
            CompletableFuture<Result> piped =
                    CompletableFuture.supplyAsync(() -> home.cli.run(slow, "ingest", "-"), ASIDE);
            typing.write(bytes(Wide.header()));
            typing.flush();

            file(home, "a.csv", Wide.file("A", 1, 1));
            assertThat(home.cli.run("ingest", "a.csv").exitCode()).isZero();
            assertThat(total(home, "2024-01-01")).isEqualTo(Wide.text(Wide.total(1, 0)));
            assertThat(piped).isNotDone();

            typing.write(bytes(Wide.row("B", Wide.FIRST, 7)));
            typing.close();
            assertThat(piped.get().out()).contains("1 row, meter-days: 1 new");
            assertThat(home.deliveries()).hasSize(2);
        }
    }

    @Test
    void whoHangsUpInTheMiddleOfAnIngestLeavesNothingTaken() throws Exception {
        AtomicReference<HeldStore> held = new AtomicReference<>();
        try (Home home = Home.open(folder, Duration.ofSeconds(20), real -> {
            held.set(new HeldStore(real));
            return held.get();
        })) {
            file(home, "a.csv", Wide.file("A", 3, 4));
            Wire client = home.give("ingest", "a.csv");
            held.get().waitUntilItTakes();

            client.close();
            home.waitForBusy(0);

            assertThat(home.deliveries()).isEmpty();
            assertThat(home.cli.data().resolve("quarantine")).doesNotExist();
            held.get().letGo();
            Result again = home.cli.run("ingest", "a.csv");
            assertThat(again.exitCode()).isZero();
            assertThat(again.out()).contains("12 rows, meter-days: 12 new");
            assertThat(total(home, "2024-01-02")).isEqualTo(Wide.text(Wide.total(3, 1)));
        }
    }

    @Test
    void whoHangsUpWhileAnotherChangesTheDataChangesNothing() throws Exception {
        AtomicReference<HeldStore> held = new AtomicReference<>();
        try (Home home = Home.open(folder, Duration.ofSeconds(20), real -> {
            held.set(new HeldStore(real));
            return held.get();
        })) {
            file(home, "picture.bin", "\0\0\0\0");
            file(home, "a.csv", Wide.file("A", 3, 4));
            CompletableFuture<Result> ingest =
                    CompletableFuture.supplyAsync(() -> home.cli.run("ingest", "a.csv"), ASIDE);
            held.get().waitUntilItTakes();
            Wire other = home.give("ingest", "picture.bin");
            assertThat(home.door.commands()).isEqualTo(2);
            assertThat(home.cli.run("files").exitCode()).isZero();

            other.close();
            home.waitForBusy(1);
            held.get().letGo();

            assertThat(ingest.get().exitCode()).isZero();
            assertThat(home.deliveries())
                    .singleElement()
                    .satisfies(d -> assertThat(d.state()).isEqualTo(DeliveryState.TAKEN));
        }
    }

    @Test
    void whoHangsUpWhileItsInputIsAwaitedLeavesNothingBehind() throws Exception {
        try (Home home = Home.open(folder)) {
            Wire client = home.give("ingest", "-");
            assertThat(client.read().kind()).isEqualTo(Wire.Kind.WANTED);

            client.close();
            home.waitForBusy(0);

            assertThat(home.deliveries()).isEmpty();
            try (var left = Files.list(home.cli.data().resolve("tmp"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void whoDoesNotReadKeepsNobodyElseWaiting() throws Exception {
        try (Home home = Home.open(folder)) {
            file(home, "a.csv", Wide.file("A", 1, 400));
            home.cli.run("ingest", "a.csv");
            Wire stopped = home.give("readings", "meter/A0/consumption");
            Thread.sleep(200);

            assertThat(home.cli.run("withdraw", "a.csv").exitCode()).isZero();
            home.waitForBusy(1);
            assertThat(home.door.commands()).isEqualTo(1);

            stopped.close();
            home.waitForBusy(0);
        }
    }

    @Test
    void anAnswerThatNobodyTakesEndsAsWithoutAServer() throws IOException {
        Path served = folder.resolve("served");
        Path direct = folder.resolve("direct");
        try (Home home = Home.open(served)) {
            file(home, "a.csv", Wide.file("A", 1, 400));
            home.cli.run("ingest", "a.csv");
            String through = untaken(home.cli.data());
            Cli alone = Home.cli(direct);
            alone.run("ingest", served.resolve("work/a.csv"));

            assertThat(through).isEqualTo(untaken(alone.data()));
            assertThat(through).isEqualTo("3 tallywatt: The answer could not be written in full\n");
        }
    }

    /** On a full disk, say. */
    private String untaken(Path data) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings outside = Surroundings.of(
                        FAILING,
                        new PrintStream(full),
                        new PrintStream(err),
                        Map.of("TALLYWATT_MEMORY", "256MB"),
                        Clock.systemUTC())
                .withWorkingFolder(new WorkingFolder(folder, 0))
                .withElsewhere(new DoorClient());
        int exitCode = CommandLineApp.run(
                new String[] {"readings", "meter/A0/consumption", "--data", data.toString()}, outside);
        return exitCode + " " + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void progressIsDrawnOnTheClientsTerminal() throws Exception {
        AtomicReference<HeldStore> held = new AtomicReference<>();
        try (Home home = Home.open(folder, Duration.ofSeconds(20), real -> {
            held.set(new HeldStore(real));
            return held.get();
        })) {
            file(home, "a.csv", Wide.file("A", 40, 200));
            CompletableFuture<Result> ingest =
                    CompletableFuture.supplyAsync(() -> home.cli.terminal(80).run("ingest", "a.csv"), ASIDE);
            held.get().waitUntilItTakes();
            // The line is drawn ten times a second at most.
            Thread.sleep(200);
            held.get().letGo();

            assertThat(ingest.get().out()).contains("8,000 rows").doesNotContain("\r");
            assertThat(ingest.get().err())
                    .contains("a.csv  [")
                    .contains("rows/s")
                    .endsWith("\r\033[K");
        }
    }

    @Test
    void whoIsAloneWithTheStoreDoesNotWaitForAReader() throws Exception {
        try (Socket socket = Socket.listen(folder);
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
            Outbox outbox = new Outbox(new Wire(socket.channel().accept()));
            Thread sending = Thread.startVirtualThread(outbox::run);
            outbox.hurry(true);
            OutputStream err = outbox.stream(Wire.Kind.ERR);
            for (int i = 0; i < 1000; i++) {
                err.write(new byte[10_000]);
            }

            outbox.hurry(false);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> {
                        try {
                            err.write(new byte[100 * Wire.PIECE]);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    ASIDE);
            assertThat(waiting).isNotDone();
            silent.close();
            assertThat(waiting.handle((nothing, failure) -> failure).get()).hasMessageContaining("Broken pipe");
            sending.join();
        }
    }

    @Test
    void closingLetsARunningCommandEnd() throws Exception {
        try (Home home = Home.open(folder);
                PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream slow = new PipedInputStream(typing)) {
            CompletableFuture<Result> piped =
                    CompletableFuture.supplyAsync(() -> home.cli.run(slow, "ingest", "-"), ASIDE);
            typing.write(bytes(Wide.file("A", 1, 1)));
            typing.flush();
            while (home.door.commands() == 0) {
                Thread.sleep(5);
            }
            CompletableFuture<Void> closing = CompletableFuture.runAsync(home.door::close, ASIDE);
            while (Door.running(home.cli.data()).isPresent()) {
                Thread.sleep(5);
            }
            assertThat(closing).isNotDone();

            typing.close();

            assertThat(piped.get().exitCode()).isZero();
            assertThat(piped.get().out()).contains("1 row, meter-days: 1 new");
            closing.get();
            // The store is still open in this process, so a command by itself finds it in use.
            Result late = home.cli.run("files");
            assertThat(late.exitCode()).isEqualTo(3);
            assertThat(late.err()).contains("the data is in use");
        }
    }

    @Test
    void whenTheGraceIsOverCommandsAreCalledAway() throws Exception {
        try (Home home = Home.open(folder, Duration.ofMillis(100), real -> real);
                PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream endless = new PipedInputStream(typing)) {
            CompletableFuture<Result> piped =
                    CompletableFuture.supplyAsync(() -> home.cli.run(endless, "ingest", "-"), ASIDE);
            while (home.door.commands() == 0) {
                Thread.sleep(5);
            }

            home.door.close();

            Result result = piped.get();
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err()).startsWith("tallywatt: stopped at -: The server is stopping\n");
            assertThat(home.deliveries()).isEmpty();
        }
    }

    @Test
    void whatAKilledServerLeftIsIgnoredAndReplaced() throws IOException {
        Cli cli = Home.cli(folder).elsewhere(new DoorClient());
        Files.createDirectories(cli.data());
        Socket left = Socket.listen(cli.data());
        left.channel().close();
        new Running(1, URI.create("http://localhost:1/"), left.path())
                .write(cli.data().toRealPath());
        assertThat(left.path()).exists();

        assertThat(Door.running(cli.data())).isEmpty();
        assertThat(cli.run("ingest", cli.file("a.csv", Wide.file("A", 1, 1))).exitCode())
                .isZero();
        try (Home home = Home.open(folder)) {
            assertThat(left.path().getParent()).doesNotExist();
            assertThat(Door.running(cli.data()).map(Running::url)).isEqualTo(Optional.of(Home.URL));
            assertThat(home.cli.run("files").exitCode()).isZero();
        }
    }

    @Test
    void aDamagedFileIsNoServer() throws IOException {
        Cli cli = Home.cli(folder).elsewhere(new DoorClient());
        Files.createDirectories(cli.data());
        for (String text : new String[] {"", "\\u00zz", "process=x\ndata=" + cli.data(), "data=\0"}) {
            Files.writeString(cli.data().resolve("server"), text);
            assertThat(Door.running(cli.data())).isEmpty();
        }
        assertThat(cli.run("ingest", cli.file("a.csv", Wide.file("A", 1, 1))).exitCode())
                .isZero();
    }

    @Test
    void garbageHurtsNobody() throws Exception {
        Random random = new Random(4711);
        try (Home home = Home.open(folder)) {
            Path socket = Door.running(home.cli.data()).orElseThrow().socket();
            String greeting = "tallywatt-door 1 (not from a jar)\n";
            for (int i = 0; i < 200; i++) {
                byte[] garbage = new byte[random.nextInt(300)];
                random.nextBytes(garbage);
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    channel.connect(UnixDomainSocketAddress.of(socket));
                    if (i % 2 == 0) {
                        channel.write(ByteBuffer.wrap(bytes(greeting)));
                    }
                    if (i % 4 == 0) {
                        // The head of a command, more of it than it has, and counts that cannot be.
                        channel.write(ByteBuffer.allocate(5)
                                .put((byte) 'C')
                                .putInt(i % 8 == 0 ? garbage.length : random.nextInt())
                                .flip());
                    }
                    channel.write(ByteBuffer.wrap(garbage));
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("Broken pipe");
                }
            }
            assertThat(home.cli.run("files").exitCode()).isZero();
            home.waitForBusy(0);
        }
    }

    @Test
    void inputThatNobodyWantedEndsTheConnection() throws Exception {
        try (Home home = Home.open(folder)) {
            Wire client = home.give("ingest", "-");
            client.read();
            client.write(Wire.Frame.of(Wire.Kind.INPUT, (byte) 'x'));
            client.write(Wire.Frame.of(Wire.Kind.INPUT, (byte) 'x'));
            client.write(Wire.Frame.of(Wire.Kind.INPUT, (byte) 'x'));
            client.write(Wire.Frame.of(Wire.Kind.EXIT));

            home.waitForBusy(0);
            assertThat(home.deliveries()).isEmpty();
        }
    }

    private interface Talk {
        void with(Wire client) throws IOException;
    }

    /** A server of another kind, for one command. */
    private Result answeredBy(Talk talk, Object... arguments) throws Exception {
        Cli cli = Home.cli(folder).elsewhere(new DoorClient());
        cli.run("ingest", cli.file("a.csv", Wide.file("A", 1, 1)));
        try (Socket socket = Socket.listen(cli.data())) {
            new Running(7, Home.URL, socket.path()).write(cli.data().toRealPath());
            CompletableFuture<Void> server = CompletableFuture.runAsync(
                    () -> {
                        try (Wire client = new Wire(socket.channel().accept())) {
                            talk.with(client);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    ASIDE);
            Result result = cli.run(arguments);
            server.get();
            return result;
        }
    }

    @Test
    void aServerOfAnotherVersionIsNamed() throws Exception {
        Result result = answeredBy(client -> client.greet("9.9"), "files");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("tallywatt: The running server (http://localhost:8080/, process 7) is of another version"
                        + " (9.9, this one is (not from a jar)): restart it\n");
    }

    @Test
    void aServerThatEndsBeforeItTookTheCommandLeavesItToTheClient() throws Exception {
        Result result = answeredBy(
                client -> {
                    client.greet("(not from a jar)");
                    client.greeting();
                    client.read();
                },
                "total",
                "2024-01-01",
                "--format",
                "json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().text("total")).isEqualTo(Wide.text(Wide.total(1, 0)));
    }

    @Test
    void aServerThatEndsInTheMiddleIsOneLine() throws Exception {
        Result result = answeredBy(
                client -> {
                    client.greet("(not from a jar)");
                    client.greeting();
                    client.read();
                    client.write(Wire.Frame.of(Wire.Kind.ACCEPTED));
                    client.write(new Wire.Frame(Wire.Kind.OUT, bytes("half a line")));
                },
                "files");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("half a line");
        assertThat(result.err())
                .isEqualTo("tallywatt: The running server (http://localhost:8080/, process 7) ended before it was done."
                        + " Nothing is lost: run the same command again\n");
    }

    @Test
    void withoutAStoreNobodyIsAsked() throws Exception {
        Cli cli = Home.cli(folder).elsewhere((data, arguments, outside) -> {
            throw new IllegalStateException("asked");
        });
        Path file = cli.file("a.csv", Wide.file("A", 1, 1));

        assertThat(cli.run("ingest", "--dry-run", file).exitCode()).isZero();
        assertThat(cli.run("total", "--help").exitCode()).isZero();
        assertThat(cli.run("--version").exitCode()).isZero();
        assertThat(cli.run("total", "2024-02-30").exitCode()).isEqualTo(2);
        assertThat(cli.run("total", "2024-01-01").exitCode()).isEqualTo(3);
    }
}
