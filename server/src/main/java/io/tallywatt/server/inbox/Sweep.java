package io.tallywatt.server.inbox;

import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.packing.Packing;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.files.Quarantine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the inbox and works off what it finds, in the order in which it came: small files in batches, a transaction each;
 * big and packed ones one by one.
 *
 * <p>What may pass is tried again, at a later look, so nothing here waits. If it is the file (it cannot be read, or is too much
 * for the store), others go on, and after three tries it is a dead letter. If it is the store (busy, its disk full), all files
 * stay where they are: moving them to the dead letters, one after the other, would only make work for a person.
 */
final class Sweep {
    /** What a look holds at most. */
    static final int WINDOW = 16_384;

    /** How long nothing is looked at if nothing is heard. */
    static final Duration POLL = Duration.ofSeconds(1);

    /** A file up to this is small. */
    static final long SMALL = 1L << 20;

    private static final int BATCH_FILES = 1000;
    private static final long BATCH_BYTES = 16L << 20;

    private final InboxFolder folder;
    private final Receiving receiving;
    private final Stopping stopping;
    private final Runnable tookSome;
    private final int window;
    private final Quiet quiet;
    private final Trouble trouble = new Trouble();
    private final InboxLog log;
    private final Ingest ingest;
    private final Settling settling;
    private final SameNames sameNames;
    private final SingleFiles singles;
    private final Room room;

    private List<Path> folders = List.of();
    private Set<Path> unreadable = Set.of();
    private int storeFailures;
    private Instant storeNext = Instant.MIN;

    Sweep(
            InboxFolder folder,
            InboxSettings settings,
            Receiving receiving,
            Stopping stopping,
            Logger logger,
            Runnable tookSome,
            int window) {
        this.folder = folder;
        this.receiving = receiving;
        this.stopping = stopping;
        this.tookSome = tookSome;
        this.window = window;
        this.quiet = new Quiet(settings.quiet());
        this.log = new InboxLog(logger);
        Quarantine quarantine = new Quarantine(receiving.dataFolder().resolve("quarantine"));
        this.ingest = new Ingest(
                receiving.blocks(),
                receiving.ledger(),
                new Letters(quarantine),
                number -> {
                    // A file that cannot be read is tried again at a later look, not at once.
                    throw new InterruptedException();
                },
                WireFormats.ALL);
        Filing filing = new Filing(folder, quarantine, trouble, log);
        this.settling = new Settling(receiving, ingest, quarantine, filing, trouble, log);
        this.sameNames = new SameNames(receiving.ledger(), settling, filing, settings.sameName());
        this.room = new Room(receiving);
        this.singles = new SingleFiles(receiving, ingest, settling, sameNames, filing, trouble, room, stopping);
    }

    InboxCounts counts() {
        return settling.counts();
    }

    /** The folders that were seen at the last look. */
    List<Path> folders() {
        return folders;
    }

    /** Looks and works. @return when to look again; if something is heard before that, then */
    Instant run() {
        Instant now = settling.now();
        if (now.isBefore(storeNext)) {
            return storeNext;
        }
        try {
            Look look = Look.at(folder, quiet, trouble, now, window);
            folders = look.folders();
            tellUnreadable(look.unreadable());
            work(look.files());
            storeFailures = 0;
            log.standing(null);
            return look.more() ? now : earliest(now.plus(POLL), look.nextComplete(), trouble.next(now));
        } catch (StoreException e) {
            return storeFailed(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            // Rejects beyond the first thousands are kept in temporary files.
            return storeFailed(
                    "a file cannot be read or written: " + Failures.inWords(Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            log.standing("the inbox cannot be read: " + Failures.inWords(e));
            return now.plus(POLL);
        } finally {
            endBatch();
        }
    }

    private static Instant earliest(Instant poll, Instant complete, Optional<Instant> due) {
        Instant first = complete.isBefore(poll) ? complete : poll;
        return due.isPresent() && due.get().isBefore(first) ? due.get() : first;
    }

    private void tellUnreadable(Map<Path, String> found) {
        found.forEach((path, why) -> {
            if (!unreadable.contains(path)) {
                log.problem(folder.name(path), why);
            }
        });
        unreadable = found.keySet();
    }

    private Instant storeFailed(String why) {
        Duration pause = storeFailures < Trouble.PAUSES.size() ? Trouble.PAUSES.get(storeFailures) : Trouble.LONG_PAUSE;
        storeFailures++;
        storeNext = settling.now().plus(pause);
        log.standing(why);
        return storeNext;
    }

    private void work(List<Waiting> files) throws IOException {
        Batch batch = new Batch();
        for (Waiting file : files) {
            if (stopping.begun()) {
                return;
            }
            switch (file.kind()) {
                case LINK -> refuseLink(file);
                case OTHER -> refuse(file, Why.NOT_A_FILE, "Not a file; expected a file of readings");
                case FILE -> work(file, batch);
            }
        }
        take(batch);
    }

    private void work(Waiting file, Batch batch) throws IOException {
        if (file.size() > SMALL) {
            take(batch);
            single(file);
            return;
        }
        Optional<ClaimedFile> read = read(file, batch);
        if (read.isEmpty()) {
            return;
        }
        ClaimedFile claimed = read.get();
        if (claimed.name().endsWith(Report.END) && Report.isOurs(claimed.bytes())) {
            // Somebody put a dead letter back together with its report.
            Files.deleteIfExists(file.path());
        } else if (claimed.packing() == Packing.PLAIN) {
            batch.add(claimed);
            if (batch.isFull()) {
                take(batch);
            }
        } else {
            take(batch);
            single(file);
        }
    }

    /** Empty if it is gone, has changed or cannot be read. */
    private Optional<ClaimedFile> read(Waiting file, Batch batch) {
        String name = folder.name(file.path());
        Instant receivedAt =
                batch.files.isEmpty() ? settling.now() : batch.files.getFirst().receivedAt();
        try {
            return ClaimedFile.read(file, name, receivedAt);
        } catch (IOException e) {
            tell(name, settling.unreadable(file, name, receivedAt, Failures.inWords(e)));
            return Optional.empty();
        }
    }

    private void refuseLink(Waiting file) {
        try {
            boolean inside = file.path().toRealPath().startsWith(folder.root());
            refuse(
                    file,
                    inside ? Why.LINK_INSIDE : Why.of(Reason.LINK_OUTSIDE),
                    inside
                            ? "A link to something else in the inbox; expected a file"
                            : "A link that leads out of the inbox; expected a file");
        } catch (IOException e) {
            refuse(file, Why.of(Reason.LINK_OUTSIDE), "A link that leads to no file; expected a file");
        }
    }

    private void refuse(Waiting file, Why why, String reason) {
        String name = folder.name(file.path());
        tell(name, settling.refuse(file, name, settling.now(), why, reason));
    }

    private void single(Waiting file) throws IOException {
        String name = folder.name(file.path());
        tell(name, singles.take(file, name));
        endBatch();
    }

    /** Small files that go into the store together. */
    private static final class Batch {
        private final List<ClaimedFile> files = new ArrayList<>();
        private long bytes;

        void add(ClaimedFile file) {
            files.add(file);
            bytes += file.bytes().length;
        }

        boolean isFull() {
            return files.size() >= BATCH_FILES || bytes >= BATCH_BYTES;
        }

        void clear() {
            files.clear();
            bytes = 0;
        }
    }

    private void take(Batch batch) throws IOException {
        if (batch.files.isEmpty()) {
            return;
        }
        room.check(batch.bytes);
        List<ClaimedFile> files = new ArrayList<>(batch.files);
        batch.clear();
        for (ClaimedFile reused : sameNames.refused(files)) {
            files.remove(reused);
            tell(
                    reused.name(),
                    settling.refuse(
                            reused.file(),
                            reused,
                            Reason.NAME_REUSED,
                            Why.of(Reason.NAME_REUSED),
                            SameNames.reason(reused.name())));
        }
        if (!files.isEmpty()) {
            take(files);
        }
        endBatch();
    }

    private void take(List<ClaimedFile> files) {
        List<Outcome> outcomes;
        try {
            outcomes = ingest.takeAll(files, receiving.options());
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.INTERNAL) {
                throw e;
            }
            oneByOne(files, e);
            return;
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            oneByOne(files, e);
            return;
        } finally {
            Thread.interrupted();
        }
        for (int i = 0; i < files.size(); i++) {
            settle(files.get(i), outcomes.get(i));
        }
    }

    private void settle(ClaimedFile file, Outcome outcome) {
        try {
            tell(file.name(), settling.settle(file.file(), file, outcome));
        } catch (StoreException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            log.mistake(file.name(), e);
            trouble.rest(file.file().path(), settling.now());
        }
    }

    /** One of them is at fault, and fails alone. */
    private void oneByOne(List<ClaimedFile> files, RuntimeException e) {
        if (files.size() == 1) {
            ClaimedFile file = files.getFirst();
            tell(file.name(), settling.fault(file.file(), file, e));
            return;
        }
        for (ClaimedFile file : files) {
            if (stopping.begun()) {
                return;
            }
            take(List.of(file));
        }
    }

    private void tell(String name, String problem) {
        if (!problem.isEmpty()) {
            log.problem(name, problem);
        }
    }

    private void endBatch() {
        log.batch(settling.counts(), settling.now());
        if (settling.tookSome()) {
            try {
                tookSome.run();
            } catch (RuntimeException e) {
                log.mistake("whoever is told of what was taken", e);
            }
        }
    }
}
