package io.tallywatt.aws.store;

import io.tallywatt.aws.LocalDynamoDb;
import java.time.Clock;

/** A store in a table of its own. */
final class FreshStore {
    private FreshStore() {}

    static DynamoStore open(Clock clock) {
        return DynamoStore.open(LocalDynamoDb.get().client(), table(), clock);
    }

    /** The name of a table that is there and empty. */
    static String table() {
        String table = LocalDynamoDb.freshName();
        DynamoStore.createTable(LocalDynamoDb.get().client(), table);
        return table;
    }
}
