package io.tallywatt.server.cli;

import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of the program: what was asked, its surroundings and its data folder. */
final class Session {
    static final String DEFAULT_FOLDER = "tallywatt-data";
    private static final long BUSY_NANOS = 2_000_000_000L;
    private static final long BUSY_PAUSE_MILLIS = 100;

    private final List<String> arguments;
    private final Surroundings surroundings;
    private @Nullable Path stated;

    Session(List<String> arguments, Surroundings surroundings) {
        this.arguments = arguments;
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    void dataFolder(Path folder) {
        stated = folder;
    }

    /** Absolute. */
    Path dataFolder() {
        @Nullable String variable = surroundings.env().get("TALLYWATT_DATA");
        Path named = Path.of(variable == null || variable.isBlank() ? DEFAULT_FOLDER : variable);
        return surroundings.workingFolder().resolve(stated == null ? named : stated);
    }

    Settings settings() {
        return Settings.of(dataFolder(), surroundings.env());
    }

    Output answer() {
        return new Output(surroundings.out());
    }

    Quarantine quarantine() {
        return new Quarantine(dataFolder().resolve("quarantine"));
    }

    Path spoolFolder() {
        return Stores.spool(dataFolder());
    }

    /** For commands that only ask. */
    Stores.Open openToRead() {
        needData();
        return open(true, this::handOver);
    }

    /** For commands that change what is there. */
    Stores.Open openToChange() {
        needData();
        return open(false, this::handOver);
    }

    /** For commands that bring the first data. */
    Stores.Open openOrCreate() {
        create();
        return open(false, this::handOver);
    }

    /** For a command that holds the store as long as it goes on, and takes the commands of others. */
    Stores.Open openToServe() {
        create();
        return open(false, this::refuseASecond);
    }

    private void create() {
        Path folder = dataFolder();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Stop.cannotRun(
                    "The data folder " + folder.toAbsolutePath() + " cannot be made: " + Failures.inWords(e));
        }
    }

    /**
     * Opens the store here unless a server holds it. Another command is mostly done in a moment: waits two seconds for it. A
     * server may start or stop meanwhile, so it is looked for at each try.
     *
     * @param before each try; throws where there is nothing to open here
     */
    private Stores.Open open(boolean readOnly, Runnable before) {
        Settings settings = settings();
        settings.check();
        long began = System.nanoTime();
        while (true) {
            before.run();
            try {
                return surroundings.stores().open(dataFolder(), settings, readOnly, surroundings.clock());
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.BUSY || System.nanoTime() - began > BUSY_NANOS) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private void refuseASecond() {
        surroundings.elsewhere().holder(dataFolder()).ifPresent(server -> {
            throw Stop.cannotRun("A server holds the data folder " + dataFolder() + " already: " + server);
        });
    }

    /** @throws HandedOver if a server carried out the command */
    private void handOver() {
        try {
            switch (surroundings.elsewhere().run(dataFolder(), arguments, surroundings)) {
                case Elsewhere.Answer.Nobody nobody -> {}
                case Elsewhere.Answer.Ran ran -> throw new HandedOver(ran.exitCode());
                case Elsewhere.Answer.Failed failed -> throw Stop.cannotRun(failed.why());
            }
        } catch (Output.NotTaken e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(StoreException busy) {
        try {
            Thread.sleep(BUSY_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy;
        }
    }

    private void needData() {
        Path folder = dataFolder();
        if (!Files.exists(Stores.file(folder))) {
            throw Stop.cannotRun(
                    "There is no data in " + folder.toAbsolutePath().normalize()
                            + " yet: ingest files first, or name the folder by --data or TALLYWATT_DATA");
        }
    }
}
