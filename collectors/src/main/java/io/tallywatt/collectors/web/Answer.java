package io.tallywatt.collectors.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What came of one request. */
public sealed interface Answer {
    /**
     * There was an answer, and all of it came.
     *
     * @param contentType as it was declared; empty if it was not
     * @param retryAfter the header, for {@link RetryAfter}
     * @param movedTo scheme, host and port of where it was sent elsewhere; an address may hold a secret, and so no more of it
     *     is given; null where it was not, or to no such address
     */
    record Body(
            int status,
            String contentType,
            @Nullable String retryAfter,
            @Nullable URI movedTo,
            byte[] bytes) implements Answer {}

    /**
     * There was none, or not all of one.
     *
     * @param why in words that name the host and nothing more of the address: {@code web.example gave no answer within 60 s}
     */
    record Failed(Failure failure, String why) implements Answer {}

    /** How asking can fail. */
    enum Failure {
        /** Nobody is there: the name is not known, the port is closed, the network is down. */
        NOT_REACHED,
        /** Somebody is there who cannot be trusted, or cannot be spoken to: certificates, protocol. */
        NOT_TRUSTED,
        /** The connection ended before all of the answer was there. */
        DROPPED,
        /** The time for the whole exchange was over. */
        TOO_SLOW,
        /** More came than is ever of use. */
        TOO_LONG
    }
}
