package io.tallywatt.server.cli;

import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One run of the program: its surroundings and its data folder. */
final class Session {
    static final String DEFAULT_FOLDER = "tallywatt-data";
    private static final int BUSY_TRIES = 20;
    private static final long BUSY_PAUSE_MILLIS = 100;

    private final Surroundings surroundings;
    private @Nullable Path stated;

    Session(Surroundings surroundings) {
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
        return dataFolder().resolve("tmp");
    }

    /** For commands that only ask. */
    Stores.Open openToRead() {
        needData();
        return open(true);
    }

    /** For commands that change what is there. */
    Stores.Open openToChange() {
        needData();
        return open(false);
    }

    /** For commands that bring the first data. */
    Stores.Open openOrCreate() {
        Path folder = dataFolder();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Stop.cannotRun(
                    "The data folder " + folder.toAbsolutePath() + " cannot be made: " + Failures.inWords(e));
        }
        return open(false);
    }

    /** Another command is mostly done in a moment: waits two seconds for it. */
    private Stores.Open open(boolean readOnly) {
        Settings settings = settings();
        for (int attempt = 1; ; attempt++) {
            try {
                return surroundings.stores().open(dataFolder(), settings, readOnly, surroundings.clock());
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.BUSY || attempt == BUSY_TRIES) {
                    throw e;
                }
                pause(e);
            }
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
