package io.tallywatt.server.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file is complete: nothing about it changed for a quiet time. That is known at first sight where the file's
 * own time says so, as it does of files that are renamed in. Where that time is of a clock that runs ahead, as on a network
 * folder, it is known by looking twice.
 */
final class Quiet {
    /** More files that are too young are looked at by their own time only. */
    private static final int MOST = 10_000;

    private final long quietNanos;
    private Map<Path, Seen> before = new HashMap<>();
    private Map<Path, Seen> seen = new HashMap<>();
    private Instant now = Instant.EPOCH;

    private record Seen(long size, long modified, Instant since) {}

    Quiet(Duration quiet) {
        this.quietNanos = quiet.toNanos();
    }

    /** Begins a look; what the last one did not see is forgotten. */
    void look(Instant instant) {
        now = instant;
        before = seen;
        seen = new HashMap<>();
    }

    /** @return how many nanoseconds are missing until the file is complete if it stays as it is; 0 or less: none */
    long missing(Waiting file) {
        long age = nanos(now) - file.modified();
        if (age >= quietNanos) {
            return 0;
        }
        @Nullable Seen last = before.get(file.path());
        boolean same = last != null && last.size == file.size() && last.modified == file.modified();
        Instant since = last != null && same ? last.since : now;
        long missing = quietNanos - Math.max(age, Duration.between(since, now).toNanos());
        if (missing > 0 && seen.size() < MOST) {
            seen.put(file.path(), new Seen(file.size(), file.modified(), since));
        }
        return missing;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
