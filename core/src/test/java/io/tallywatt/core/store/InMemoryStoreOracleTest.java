package io.tallywatt.core.store;

import java.time.Clock;

class InMemoryStoreOracleTest extends StoreOracleContract {
    @Override
    protected BlockStore open(Clock clock) {
        return new InMemoryStore(clock);
    }
}
