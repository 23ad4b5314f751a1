package io.tallywatt.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may do what. A key that was found is remembered for a minute at most: so long a revoked one may still be let in, and
 * a new question to the store is not asked for each request. One that was not found is asked for again each time.
 */
public final class Access {
    /** For so long a key is remembered. */
    public static final Duration REMEMBERED = Duration.ofSeconds(60);

    private static final int MOST_REMEMBERED = 1000;
    /** What an unknown key is compared with, so that it takes as long as a known one. */
    private static final String NO_HASH = "0".repeat(64);

    private final @Nullable KeyStore keys;
    private final PublicRead publicRead;
    private final Clock clock;
    private final Duration remember;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>();

    private record Remembered(ApiKey key, Instant until) {}

    /** What was decided. */
    public sealed interface Decision {
        record Allowed() implements Decision {}

        /** It is not known who asks. */
        record Unknown(String why) implements Decision {}

        /** It is known, and it is not for them. */
        record Forbidden(String why) implements Decision {}
    }

    private Access(@Nullable KeyStore keys, PublicRead publicRead, Clock clock, Duration remember) {
        this.keys = keys;
        this.publicRead = publicRead;
        this.clock = clock;
        this.remember = remember;
    }

    /** Everybody may do everything: for a server that only this machine reaches. */
    public static Access open() {
        return new Access(null, PublicRead.NOTHING, Clock.systemUTC(), Duration.ZERO);
    }

    /** Only who has a key, but for what is public. */
    public static Access byKeys(KeyStore keys, PublicRead publicRead, Clock clock) {
        return byKeys(keys, publicRead, clock, REMEMBERED);
    }

    /** @param remember for how long a key is, once it was found */
    public static Access byKeys(KeyStore keys, PublicRead publicRead, Clock clock, Duration remember) {
        return new Access(keys, publicRead, clock, remember);
    }

    /**
     * Whether a request is allowed.
     *
     * @param needed what a key has to allow for it
     * @param area that it asks about, null if none that could be public
     * @param presented the key that came with it, null if none did
     */
    public Decision decide(Scope needed, PublicRead.@Nullable Area area, @Nullable String presented) {
        if (keys == null
                || needed == Scope.READ && area != null && publicRead.areas().contains(area)) {
            return new Decision.Allowed();
        }
        if (presented == null) {
            return new Decision.Unknown("An API key is needed: send it as the header Authorization: Bearer KEY");
        }
        Optional<KeyText> text = KeyText.parse(presented);
        if (text.isEmpty()) {
            return new Decision.Unknown(
                    "This is no API key; expected all of one, as it was shown when it was made: tw_..._...");
        }
        Optional<ApiKey> found = find(keys, text.get().id());
        boolean same = MessageDigest.isEqual(
                found.map(ApiKey::hash).orElse(NO_HASH).getBytes(StandardCharsets.US_ASCII),
                text.get().hash().getBytes(StandardCharsets.US_ASCII));
        if (found.isEmpty() || !same || found.get().revoked() != null) {
            // Whether it never was or was revoked is nobody's business who does not hold it.
            return new Decision.Unknown("This API key is not known here, or was revoked");
        }
        if (!found.get().scope().includes(needed)) {
            return new Decision.Forbidden("This API key is for '"
                    + found.get().scope().word() + "'; what was asked needs one for '" + needed.word() + "'");
        }
        return new Decision.Allowed();
    }

    private Optional<ApiKey> find(KeyStore store, String id) {
        Instant now = clock.instant();
        synchronized (remembered) {
            @Nullable Remembered known = remembered.get(id);
            if (known != null && now.isBefore(known.until())) {
                return Optional.of(known.key());
            }
        }
        Optional<ApiKey> found = store.find(id);
        synchronized (remembered) {
            remembered.remove(id);
            found.ifPresent(key -> remembered.put(id, new Remembered(key, now.plus(remember))));
            if (remembered.size() > MOST_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return found;
    }
}
