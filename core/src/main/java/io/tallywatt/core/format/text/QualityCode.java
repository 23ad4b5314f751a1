package io.tallywatt.core.format.text;

import io.tallywatt.core.reading.Quality;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the codes of a quality column mean: one letter (UK data collectors, NEM12) or a word. */
final class QualityCode {
    private QualityCode() {}

    /**
     * The quality of a code in any case; an empty cell is an actual reading. NEM12's {@code V} (quality varies, see the
     * 400 rows) means nothing on one reading and is not among them.
     *
     * @return null for an unknown code
     */
    static @Nullable Quality of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "a", "act", "actual", "m", "measured", "r", "real", "read", "valid", "validated", "good", "ok" ->
                Quality.ACTUAL;
            case "e", "est", "estimate", "estimated", "estimation", "forecast", "provisional" -> Quality.ESTIMATED;
            case "s",
                    "f",
                    "c",
                    "sub",
                    "substitute",
                    "substituted",
                    "final substituted",
                    "final",
                    "corrected",
                    "edited",
                    "customer" -> Quality.SUBSTITUTED;
            case "i", "invalid", "bad" -> Quality.INVALID;
            case "n", "null", "none", "missing", "n/a", "na" -> Quality.MISSING;
            default -> null;
        };
    }
}
