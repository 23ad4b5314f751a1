package io.tallywatt.duckdb;

import io.tallywatt.core.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens a store in a process of its own and says how it went. */
final class OpenStore {
    private OpenStore() {}

    public static void main(String[] args) {
        DuckDbSettings settings = new DuckDbSettings(1, "256MB", args[1].equals("read-only"));
        try (DuckDbStore store = DuckDbStore.open(Path.of(args[0]), settings, Clock.systemUTC())) {
            System.out.println("OPEN " + store.deliveries().size());
        } catch (StoreException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
    }
}
