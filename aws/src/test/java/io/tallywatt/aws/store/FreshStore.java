package io.tallywatt.aws.store;

import io.tallywatt.aws.LocalDynamoDb;
import java.time.Clock;

/** A store in a table of its own. */
final class FreshStore {
    private FreshStore() {}

    static DynamoStore open(Clock clock) {
        LocalDynamoDb local = LocalDynamoDb.get();
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(local.client(), table);
        return DynamoStore.open(local.client(), table, clock);
    }
}
