package io.tallywatt.aws.store;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.BlockStoreContract;
import io.tallywatt.core.store.FollowingContract;
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
}
