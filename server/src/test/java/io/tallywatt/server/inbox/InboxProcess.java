package io.tallywatt.server.inbox;

import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** An inbox as a process of its own, that can be killed: works until its standard input ends. */
final class InboxProcess {
    /** Small batches: as much is moved as is taken, so both are hit. */
    private static final int WINDOW = 20;

    private InboxProcess() {}

    /** {@code DATA-FOLDER}; says {@code READY}, and {@code DONE} at the end. */
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        try (DuckDbStore store = DuckDbStore.open(
                        data.resolve("tallywatt.duckdb"), new DuckDbSettings(2, "256MB", false), Clock.systemUTC());
                Inbox inbox = Inbox.open(
                        new InboxSettings(data.resolve("inbox"), Duration.ZERO, SameName.REFUSE),
                        new Receiving(store, store, data, InboxHome.UTC, FreeSpace.OF_DISK, Clock.systemUTC()),
                        new Lines(),
                        () -> {},
                        WINDOW)) {
            System.out.println("READY");
            inbox.start();
            System.in.transferTo(System.err);
        }
        System.out.println("DONE");
    }
}
