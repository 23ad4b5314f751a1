package io.tallywatt.server.inbox;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * A file as it lay in the inbox at a look.
 *
 * @param modified when it last changed, in nanoseconds since 1970: compared, and never reckoned with more exactly than the
 *     file system keeps it
 */
record Waiting(Path path, Kind kind, long size, long modified) {
    /** The oldest first; of the same second, by name. */
    static final Comparator<Waiting> OLDEST_FIRST =
            Comparator.comparingLong(Waiting::second).thenComparing(Waiting::path);

    enum Kind {
        FILE,
        LINK,
        OTHER
    }

    static Waiting of(Path path, BasicFileAttributes attributes) {
        Kind kind = attributes.isRegularFile() ? Kind.FILE : attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
        return new Waiting(path, kind, attributes.size(), modified(attributes));
    }

    static long modified(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    boolean isAsIn(BasicFileAttributes attributes) {
        return attributes.size() == size && modified(attributes) == modified;
    }

    private long second() {
        return Math.floorDiv(modified, 1_000_000_000L);
    }
}
