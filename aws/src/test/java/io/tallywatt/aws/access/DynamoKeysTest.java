package io.tallywatt.aws.access;

import io.tallywatt.aws.LocalDynamoDb;
import io.tallywatt.aws.store.DynamoStore;
import io.tallywatt.core.access.KeyStore;
import io.tallywatt.core.access.KeyStoreContract;

class DynamoKeysTest extends KeyStoreContract {
    private final String table = LocalDynamoDb.freshName();
    private boolean made;

    @Override
    protected KeyStore open() {
        if (!made) {
            DynamoStore.createTable(LocalDynamoDb.get().client(), table);
            made = true;
        }
        return new DynamoKeys(LocalDynamoDb.get().client(), table);
    }
}
