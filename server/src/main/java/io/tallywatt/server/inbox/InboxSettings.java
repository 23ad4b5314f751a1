package io.tallywatt.server.inbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an inbox is watched.
 *
 * @param folder absolute; it is made where there is none
 * @param quiet a file that did not change for so long is complete
 * @param sameName what becomes of a file whose name came before with other content
 */
public record InboxSettings(Path folder, Duration quiet, SameName sameName) {
    public static final Duration DEFAULT_QUIET = Duration.ofSeconds(1);

    /** What a name that came before means. */
    public enum SameName {
        /** A mistake until a person says otherwise: the file goes to the dead letters. */
        REFUSE,
        /** Nothing: a sender calls every file the same. */
        TAKE
    }

    public InboxSettings {
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + folder);
        }
        if (quiet.isNegative()) {
            throw new IllegalArgumentException("negative: " + quiet);
        }
    }
}
