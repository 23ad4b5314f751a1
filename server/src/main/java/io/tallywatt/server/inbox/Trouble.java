package io.tallywatt.server.inbox;

import io.tallywatt.server.inbox.Report.Try;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that something was wrong with that may pass, and when each is looked at again. Others are taken meanwhile. */
final class Trouble {
    /** How often a file is tried. */
    static final int TRIES = 3;

    /** After the first try, and after the second. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** How long something rests that nothing can be done about here. */
    static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private final Map<Path, Case> cases = new HashMap<>();
    private int look;

    private static final class Case {
        private final List<Try> tries = new ArrayList<>();
        private Instant next = Instant.EPOCH;
        private int seen;
    }

    void look() {
        look++;
    }

    /** Whether a file is left alone for now, if it was in trouble before. */
    boolean rests(Path file, Instant now) {
        @Nullable Case known = cases.get(file);
        if (known == null) {
            return false;
        }
        known.seen = look;
        return now.isBefore(known.next);
    }

    /** Forgets the files that the last look did not see. */
    void forgetUnseen() {
        cases.values().removeIf(known -> known.seen != look);
    }

    void forget(Path file) {
        cases.remove(file);
    }

    /** @return whether it will be tried again */
    boolean failed(Path file, Instant now, String reason) {
        Case known = known(file);
        known.tries.add(new Try(now, reason));
        if (known.tries.size() >= TRIES) {
            return false;
        }
        known.next = now.plus(PAUSES.get(known.tries.size() - 1));
        return true;
    }

    /** Lets a file rest, which is no try. */
    void rest(Path file, Instant now) {
        known(file).next = now.plus(LONG_PAUSE);
    }

    private Case known(Path file) {
        Case known = cases.computeIfAbsent(file, path -> new Case());
        known.seen = look;
        return known;
    }

    List<Try> tries(Path file) {
        @Nullable Case known = cases.get(file);
        return known == null ? List.of() : List.copyOf(known.tries);
    }

    /** When the next of those is due that rest now. */
    Optional<Instant> next(Instant now) {
        return cases.values().stream()
                .map(known -> known.next)
                .filter(next -> next.isAfter(now))
                .min(Instant::compareTo);
    }
}
