package io.tallywatt.server.cli;

import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.files.WorkingFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The program in process, on a data folder of its own, under a clock that goes on by a second at each look: no pause is made. */
public final class Cli {
    static final Instant BEGIN = Instant.parse("2025-06-01T00:00:00Z");

    public final Path folder;
    public final Map<String, String> env = new HashMap<>();
    private final AtomicLong looks = new AtomicLong();
    private byte[] stdin = new byte[0];
    private FreeSpace freeSpace = FreeSpace.OF_DISK;
    private Stores stores = Stores.DUCKDB;
    private WorkingFolder workingFolder = WorkingFolder.own();
    private Elsewhere elsewhere = Elsewhere.NOWHERE;
    private Pause pause = time -> {};
    private int columns;

    public Cli(Path folder) {
        this.folder = folder;
        env.put("TALLYWATT_DATA", folder.resolve("data").toString());
        env.put("TALLYWATT_ZONE", "UTC");
        env.put("TALLYWATT_THREADS", "2");
        env.put("TALLYWATT_MEMORY", "256MB");
    }

    public Cli stdin(byte[] bytes) {
        stdin = bytes;
        return this;
    }

    public Cli freeSpace(FreeSpace other) {
        freeSpace = other;
        return this;
    }

    public Cli stores(Stores other) {
        stores = other;
        return this;
    }

    public Cli in(Path working) {
        workingFolder = new WorkingFolder(working, 0);
        return this;
    }

    public Cli terminal(int width) {
        columns = width;
        return this;
    }

    public Cli elsewhere(Elsewhere other) {
        elsewhere = other;
        return this;
    }

    public Cli pause(Pause other) {
        pause = other;
        return this;
    }

    /** By how much the clock has gone on. */
    public Duration elapsed() {
        return Duration.ofSeconds(looks.get());
    }

    /** The store, opened as a server does. */
    public Stores.Open open() throws IOException {
        Files.createDirectories(data());
        return Stores.DUCKDB.open(data(), Settings.of(data(), env), false, new Ticking());
    }

    /** What a server has around it. */
    public Surroundings surroundings() {
        return Surroundings.of(InputStream.nullInputStream(), System.out, System.err, env, new Ticking())
                .withFreeSpace(freeSpace);
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    public Result run(Object... arguments) {
        return run(new ByteArrayInputStream(stdin), arguments);
    }

    /** The same with an input that may never end. */
    public Result run(InputStream in, Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = CommandLineApp.run(
                words,
                Surroundings.of(
                                in,
                                new PrintStream(out, false, StandardCharsets.UTF_8),
                                new PrintStream(err, false, StandardCharsets.UTF_8),
                                env,
                                new Ticking())
                        .withWorkingFolder(workingFolder)
                        .withColumns(columns)
                        .withFreeSpace(freeSpace)
                        .withStores(stores)
                        .withElsewhere(elsewhere)
                        .withPause(pause));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public record Result(int exitCode, String out, String err) {
        public Json json() {
            return Json.parse(out);
        }
    }

    private final class Ticking extends Clock {
        @Override
        public Instant instant() {
            return BEGIN.plusSeconds(looks.getAndIncrement());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
