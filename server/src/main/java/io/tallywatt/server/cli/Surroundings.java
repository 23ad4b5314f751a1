package io.tallywatt.server.cli;

import io.tallywatt.server.files.Found;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.files.WorkingFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Everything outside the program that a command may touch, so that tests can stand in for it.
 *
 * @param columns width of the terminal behind {@code err}, 0 where there is none
 * @param elsewhere who is asked first to carry out a command that needs the store
 * @param pause how is waited until the clock has reached an instant
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> env,
        WorkingFolder workingFolder,
        Clock clock,
        int columns,
        FreeSpace freeSpace,
        Stores stores,
        Elsewhere elsewhere,
        Pause pause) {
    public static Surroundings of(
            InputStream in, PrintStream out, PrintStream err, Map<String, String> env, Clock clock) {
        return new Surroundings(
                in,
                out,
                err,
                env,
                WorkingFolder.own(),
                clock,
                0,
                FreeSpace.OF_DISK,
                Stores.DUCKDB,
                Elsewhere.NOWHERE,
                Pause.REAL);
    }

    public Surroundings withColumns(int width) {
        return new Surroundings(in, out, err, env, workingFolder, clock, width, freeSpace, stores, elsewhere, pause);
    }

    public Surroundings withWorkingFolder(WorkingFolder other) {
        return new Surroundings(in, out, err, env, other, clock, columns, freeSpace, stores, elsewhere, pause);
    }

    public Surroundings withFreeSpace(FreeSpace other) {
        return new Surroundings(in, out, err, env, workingFolder, clock, columns, other, stores, elsewhere, pause);
    }

    public Surroundings withStores(Stores other) {
        return new Surroundings(in, out, err, env, workingFolder, clock, columns, freeSpace, other, elsewhere, pause);
    }

    public Surroundings withElsewhere(Elsewhere other) {
        return new Surroundings(in, out, err, env, workingFolder, clock, columns, freeSpace, stores, other, pause);
    }

    public Surroundings withPause(Pause other) {
        return new Surroundings(in, out, err, env, workingFolder, clock, columns, freeSpace, stores, elsewhere, other);
    }

    /** What can be read once only. */
    InputStream open(Found.Pipe pipe) throws IOException {
        return pipe.name().equals("-") ? in : Files.newInputStream(workingFolder.resolve(Path.of(pipe.name())));
    }
}
