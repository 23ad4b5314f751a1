package io.tallywatt.core.access;

class InMemoryKeysTest extends KeyStoreContract {
    private final InMemoryKeys keys = new InMemoryKeys();

    @Override
    protected KeyStore open() {
        return keys;
    }
}
