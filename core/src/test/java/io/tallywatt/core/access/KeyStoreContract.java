package io.tallywatt.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link KeyStore} does. */
public abstract class KeyStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-26T17:00:00Z");

    private final SecureRandom random = new SecureRandom();

    /** One without keys; called twice in a test, the same one opened again. */
    protected abstract KeyStore open() throws Exception;

    private ApiKey key(String name, Scope scope, Instant created) {
        return KeyText.draw(random).kept(name, scope, created);
    }

    @Test
    void keepsKeysInOrderOfTheirMaking() throws Exception {
        KeyStore keys = open();
        assertThat(keys.all()).isEmpty();
        ApiKey later = key("Grafana, süd", Scope.READ, NOW.plusSeconds(1));
        ApiKey earlier = key("the night's files", Scope.WRITE, NOW);
        assertThat(keys.add(later)).isTrue();
        assertThat(keys.add(earlier)).isTrue();
        KeyStore again = open();
        assertThat(again.all()).containsExactly(earlier, later);
        assertThat(again.find(later.id())).contains(later);
        assertThat(again.find("0123456789")).isEmpty();
    }

    @Test
    void neverReplacesAKey() throws Exception {
        KeyStore keys = open();
        ApiKey first = key("first", Scope.READ, NOW);
        assertThat(keys.add(first)).isTrue();
        assertThat(keys.add(new ApiKey(first.id(), "second", Scope.ADMIN, first.hash(), NOW, null)))
                .isFalse();
        assertThat(keys.find(first.id())).contains(first);
    }

    @Test
    void revokesOnceAndForGood() throws Exception {
        KeyStore keys = open();
        ApiKey key = key("lost", Scope.WRITE, NOW);
        assertThat(keys.add(key)).isTrue();
        assertThat(keys.revoke(key.id(), NOW.plusSeconds(5))).contains(key.revokedAt(NOW.plusSeconds(5)));
        assertThat(keys.revoke(key.id(), NOW.plusSeconds(9))).contains(key.revokedAt(NOW.plusSeconds(5)));
        assertThat(open().find(key.id()).orElseThrow().revoked()).isEqualTo(NOW.plusSeconds(5));
        assertThat(keys.revoke("0123456789", NOW)).isEmpty();
        assertThat(keys.all()).hasSize(1);
    }
}
