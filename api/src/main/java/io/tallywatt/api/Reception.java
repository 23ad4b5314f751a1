package io.tallywatt.api;

import io.tallywatt.api.wire.Dealt;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.store.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door for what comes in. Bodies are written to disk as they come, never held in memory. */
public interface Reception {
    /** How documents are read where a request does not say otherwise. */
    ReadingOptions defaults();

    /**
     * Takes a file; an archive is several.
     *
     * @param name what it is called from now on
     * @param announced the size that was announced, -1 if none was
     * @return what came of each document
     * @throws NoRoom if the disk would be full
     * @throws BrokenOff if the body is not whole: nothing was taken
     */
    List<Dealt> file(String name, InputStream body, long announced, ReadingOptions options) throws IOException;

    /**
     * Takes readings that a program sends.
     *
     * @param source who sends them
     * @param key what the sender calls this very push, so that it can be sent again; null if it has no name
     */
    Pushed readings(String source, @Nullable String key, InputStream body, long announced, ReadingOptions options)
            throws IOException;

    /** What came of a push. */
    sealed interface Pushed {
        record Received(Dealt dealt) implements Pushed {}

        /** The key was used before, for other readings. */
        record OtherContent(Delivery delivery) implements Pushed {}
    }

    /** The way in for what is too large for one request; empty where requests may be of any size. */
    default Optional<Uploads> uploads() {
        return Optional.empty();
    }

    /** Reads a document again whose bytes are still there; empty where they are not. */
    Optional<Dealt> retry(Delivery delivery, ReadingOptions options) throws IOException;

    /** Undoes a delivery that is taken. */
    Delivery withdraw(Delivery delivery);

    /** Addresses to which files are sent past the API. */
    interface Uploads {
        /**
         * An address for one file, which is taken in once it has arrived there.
         *
         * @param name what the file is called
         */
        Upload begin(String name);
    }

    /**
     * Where a file is to be sent, by PUT.
     *
     * @param name what the delivery will be called
     * @param expiresAt the address holds until then
     */
    record Upload(String id, String name, URI url, Instant expiresAt) {}

    /** The body is larger than what one request may carry. */
    final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message);
        }
    }

    /** The sender is gone in the middle of a body. */
    final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        public BrokenOff(IOException cause) {
            super("The body broke off", cause);
        }
    }

    /** The disk is full, or would be. */
    final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        public NoRoom(String message) {
            super(message);
        }
    }
}
