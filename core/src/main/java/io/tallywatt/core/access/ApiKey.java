package io.tallywatt.core.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept: its secret cannot be told from it.
 *
 * @param id by which it is looked up and revoked
 * @param name whose it is, or what for
 * @param hash SHA-256 of the secret, hexadecimal
 * @param revoked since when it allows nothing, null if it still does
 */
public record ApiKey(
        String id,
        String name,
        Scope scope,
        String hash,
        Instant created,
        @Nullable Instant revoked) {
    public ApiKey revokedAt(Instant instant) {
        return new ApiKey(id, name, scope, hash, created, revoked == null ? instant : revoked);
    }
}
