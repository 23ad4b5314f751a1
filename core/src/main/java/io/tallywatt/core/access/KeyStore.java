package io.tallywatt.core.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps keys. */
public interface KeyStore {
    /** Keeps a new key; false, and nothing changes, if there is one of this id. */
    boolean add(ApiKey key);

    /**
     * Draws a new key and keeps it.
     *
     * @return all of it, for its holder; nobody can be told it again
     */
    default KeyText make(String name, Scope scope, Instant now) {
        SecureRandom random = new SecureRandom();
        while (true) {
            KeyText key = KeyText.draw(random);
            if (add(key.kept(name, scope, now))) {
                return key;
            }
        }
    }

    Optional<ApiKey> find(String id);

    /** All of them, revoked ones too, in order of their making. */
    List<ApiKey> all();

    /**
     * Takes from a key what it allows. One that was revoked before stays as it was.
     *
     * @return the key as it is now; empty if there is none
     */
    Optional<ApiKey> revoke(String id, Instant now);
}
