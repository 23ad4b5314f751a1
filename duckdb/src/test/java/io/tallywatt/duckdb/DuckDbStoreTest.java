package io.tallywatt.duckdb;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.BlockStoreContract;
import io.tallywatt.core.store.LedgerContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest {
    @TempDir
    Path folder;

    @Nested
    class Blocks extends BlockStoreContract {
        @Override
        protected BlockStore open(Clock clock) {
            return DuckDbStore.open(folder.resolve("blocks.duckdb"), DuckDbSettings.DEFAULT, clock);
        }
    }

    @Nested
    class Deliveries extends LedgerContract {
        @Override
        protected BlockStore open(Clock clock) {
            return DuckDbStore.open(folder.resolve("ledger.duckdb"), DuckDbSettings.DEFAULT, clock);
        }
    }
}
