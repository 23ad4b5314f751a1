package io.tallywatt.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who sends readings, and what they call this very push. Two pushes under different keys are two deliveries even if they say the
 * same: a meter that goes from 1 to 2 and back to 1 has sent the first twice, and means it.
 *
 * @param key null if it has no name
 */
public record Push(String source, @Nullable String key) {
    /** What the delivery is called. Blanks cannot be in a key, so no two pushes share a name that should not. */
    public String name() {
        return key == null ? source : source + " " + key;
    }

    /** What the digest begins with. */
    public byte[] salt() {
        return key == null ? new byte[0] : (name() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
