package io.tallywatt.server.access;

import io.tallywatt.core.access.KeyStore;
import io.tallywatt.core.access.KeyStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileKeysTest extends KeyStoreContract {
    @TempDir
    Path folder;

    @Override
    protected KeyStore open() {
        return new FileKeys(folder);
    }
}
