package io.tallywatt.aws.store;

import io.tallywatt.aws.LocalDynamoDb;
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
import java.time.Clock;
import org.junit.jupiter.api.Nested;

class DynamoStoreTest {
    @Nested
    class Blocks extends BlockStoreContract {
        @Override
        protected BlockStore open(Clock clock) {
            return FreshStore.open(clock);
        }
    }

    @Nested
    class Deliveries extends LedgerContract {
        @Override
        protected BlockStore open(Clock clock) {
            return FreshStore.open(clock);
        }
    }

    @Nested
    class Followers extends FollowingContract {
        @Override
        protected BlockStore open(Clock clock) {
            return FreshStore.open(clock);
        }
    }

    @Nested
    class Findings extends FindingStoreContract {
        @Override
        protected BlockStore open(Clock clock) {
            return FreshStore.open(clock);
        }
    }

    @Nested
    class FindingOracle extends FindingOracleContract {
        @Override
        protected BlockStore open(Clock clock) {
            return FreshStore.open(clock);
        }
    }

    @Nested
    class Alerts extends AlertLogContract {
        private String table;

        @Override
        protected AlertLog open() {
            table = FreshStore.table();
            return reopen(null);
        }

        @Override
        protected AlertLog reopen(AlertLog before) {
            return DynamoStore.open(LocalDynamoDb.get().client(), table, Clock.systemUTC());
        }
    }

    @Nested
    class GroupsOfMeters extends GroupsContract {
        private final String table = FreshStore.table();

        @Override
        protected Groups open() {
            return DynamoStore.open(LocalDynamoDb.get().client(), table, Clock.systemUTC());
        }
    }
}
