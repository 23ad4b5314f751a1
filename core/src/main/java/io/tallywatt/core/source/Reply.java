package io.tallywatt.core.source;

import java.time.Duration;
import java.time.Instant;

/** What came of asking. No reply holds a secret, neither in its document nor in its words. */
public sealed interface Reply {
    /**
     * There is something.
     *
     * @param document what was answered, as it is kept and taken in: everything needed to read it again is in it
     * @param fingerprint lower-case hex that is the same for two documents that say the same, whatever the source changes in
     *     every one of its replies (numbers of documents, times of creation)
     * @param at when it came
     */
    record Fetched(byte[] document, String fingerprint, Instant at) implements Reply {}

    /** Nothing of that window is there (yet); {@code why} says so in the source's words. */
    record NotYetPublished(String why) implements Reply {}

    /**
     * Not now: the source is busy, fails, asks for patience, or cannot be reached.
     *
     * @param pause how long it is better not to ask it anything
     */
    record Throttled(Duration pause, String why) implements Reply {}

    /** Asking the same again makes no sense until somebody changes something (a token, a setting, this program). */
    record Rejected(String why) implements Reply {}
}
