package io.tallywatt.server.cli;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.register.HomeBlocks;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.duckdb.DuckDbSettings;
import io.tallywatt.duckdb.DuckDbStore;
import io.tallywatt.server.files.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens a data folder's store. */
public interface Stores {
    Stores DUCKDB = (folder, settings, readOnly, clock) -> {
        DuckDbStore store = DuckDbStore.open(
                file(folder), new DuckDbSettings(settings.threads(), settings.memory(), readOnly), clock);
        try {
            if (!readOnly) {
                // Alone with the data: whoever was at it before, and was killed, left these behind.
                Spool.clear(spool(folder));
            }
        } catch (IOException e) {
            store.close();
            throw new UncheckedIOException(e);
        }
        return new Open(
                new HomeBlocks(store, settings.registerJitter()), store, store, store, store, store, store::close);
    };

    static Path file(Path folder) {
        return folder.resolve("tallywatt.duckdb");
    }

    /** Where streams lie while they are taken in. */
    static Path spool(Path folder) {
        return folder.resolve("tmp");
    }

    Open open(Path folder, Settings settings, boolean readOnly, Clock clock);

    /** An open store; whoever opened it closes it. */
    record Open(
            BlockStore blocks,
            Ledger ledger,
            Following following,
            FindingStore findings,
            AlertLog alerts,
            Groups groups,
            Runnable closing)
            implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }
}
