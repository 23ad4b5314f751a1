package io.tallywatt.aws.store;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.StoreOracleContract;
import java.time.Clock;

class DynamoStoreOracleTest extends StoreOracleContract {
    @Override
    protected BlockStore open(Clock clock) {
        return FreshStore.open(clock);
    }
}
