package io.tallywatt.core.source;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Where replies are kept as they came, so that they can be read again without asking. */
public interface Archive {
    /** What a reply is called, here and in the ledger; no two of a source are called the same. */
    String name(String source, Question question, Reply.Fetched reply);

    /** Whether a reply of this fingerprint to this question is kept. */
    boolean has(String source, Question question, String fingerprint) throws IOException;

    /** When the latest reply to this very question came; empty if none is kept. */
    Optional<Instant> lastKept(String source, Question question) throws IOException;

    /** Keeps a reply, whole or not at all. */
    void keep(String source, Question question, Reply.Fetched reply) throws IOException;

    /** The replies kept of a source, in the order in which they came; to be closed. */
    Stream<Kept> kept(String source) throws IOException;

    /** How many replies of a source are kept. */
    long count(String source) throws IOException;

    /**
     * A reply that is kept.
     *
     * @param name see {@link #name}
     * @param at when it came
     */
    record Kept(String name, Instant at, Content content) {}

    /** Reads what is kept. */
    interface Content {
        byte[] read() throws IOException;
    }
}
