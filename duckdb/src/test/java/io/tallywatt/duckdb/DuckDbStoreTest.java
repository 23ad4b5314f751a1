package io.tallywatt.duckdb;

import io.tallywatt.core.alert.AlertLog;
import io.tallywatt.core.alert.AlertLogContract;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.BlockStoreContract;
import io.tallywatt.core.store.FindingOracleContract;
import io.tallywatt.core.store.FindingStoreContract;
import io.tallywatt.core.store.FollowingContract;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.GroupsContract;
import io.tallywatt.core.store.LedgerContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

    @Nested
    class Followers extends FollowingContract {
        @Override
        protected BlockStore open(Clock clock) {
            return DuckDbStore.open(folder.resolve("following.duckdb"), DuckDbSettings.DEFAULT, clock);
        }
    }

    @Nested
    class Findings extends FindingStoreContract {
        @Override
        protected BlockStore open(Clock clock) {
            return DuckDbStore.open(folder.resolve("findings.duckdb"), DuckDbSettings.DEFAULT, clock);
        }
    }

    @Nested
    class FindingOracle extends FindingOracleContract {
        private final AtomicInteger opened = new AtomicInteger();

        @Override
        protected BlockStore open(Clock clock) {
            Path file = folder.resolve(opened.incrementAndGet() + ".duckdb");
            return DuckDbStore.open(file, new DuckDbSettings(2, "512MB", false), clock);
        }
    }

    @Nested
    class Alerts extends AlertLogContract {
        @Override
        protected AlertLog open() {
            return DuckDbStore.open(folder.resolve("alerts.duckdb"), DuckDbSettings.DEFAULT, Clock.systemUTC());
        }

        @Override
        protected AlertLog reopen(AlertLog before) {
            ((DuckDbStore) before).close();
            return open();
        }
    }

    @Nested
    class MeterGroups extends GroupsContract {
        private @Nullable DuckDbStore opened;

        @Override
        protected Groups open() {
            close();
            opened = DuckDbStore.open(folder.resolve("groups.duckdb"), DuckDbSettings.DEFAULT, Clock.systemUTC());
            return opened;
        }

        @AfterEach
        void close() {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
