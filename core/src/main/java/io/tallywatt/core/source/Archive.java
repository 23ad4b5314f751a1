package io.tallywatt.core.source;

import java.io.IOException;
import java.util.stream.Stream;

/** Where replies are kept as they came, so that they can be read again without asking. */
public interface Archive {
    /** Whether a reply of this fingerprint to this question is kept. */
    boolean has(String source, Question question, String fingerprint) throws IOException;

    /** Whether any reply to this very question is kept. */
    boolean hasAny(String source, Question question) throws IOException;

    /** Keeps a reply, whole or not at all. */
    void keep(String source, Question question, Reply.Fetched reply) throws IOException;

    /** The replies kept of a source, in the order in which they came; to be closed. */
    Stream<Kept> kept(String source) throws IOException;

    /** @param name of the file, for messages */
    record Kept(String name, Question question, Reply.Fetched reply) {}
}
