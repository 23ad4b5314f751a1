package io.tallywatt.core.store;

import java.time.Clock;
import org.junit.jupiter.api.Nested;

class InMemoryStoreTest {
    @Nested
    class Blocks extends BlockStoreContract {
        @Override
        protected BlockStore open(Clock clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    class Deliveries extends LedgerContract {
        @Override
        protected BlockStore open(Clock clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    class Followers extends FollowingContract {
        @Override
        protected BlockStore open(Clock clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    class Findings extends FindingStoreContract {
        @Override
        protected BlockStore open(Clock clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    class FindingOracle extends FindingOracleContract {
        @Override
        protected BlockStore open(Clock clock) {
            return new InMemoryStore(clock);
        }
    }
}
