package io.tallywatt.core.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys in memory. */
public final class InMemoryKeys implements KeyStore {
    private final Map<String, ApiKey> keys = new HashMap<>();
    /** How often a key was looked for. */
    int asked;

    @Override
    public boolean add(ApiKey key) {
        return keys.putIfAbsent(key.id(), key) == null;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        asked++;
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public List<ApiKey> all() {
        return keys.values().stream()
                .sorted(Comparator.comparing(ApiKey::created))
                .toList();
    }

    @Override
    public Optional<ApiKey> revoke(String id, Instant now) {
        return Optional.ofNullable(keys.computeIfPresent(id, (i, key) -> key.revokedAt(now)));
    }
}
