package io.tallywatt.server.inbox;

import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.packing.Documents;
import io.tallywatt.server.inbox.Report.Entry;
import io.tallywatt.server.inbox.Report.Try;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes files that are big or packed, one by one. An archive's entries are deliveries of their own; the archive is done if
 * anything in it was of use.
 */
final class SingleFiles {
    private static final int MOST_ENTRIES = 100;
    private static final int MOST_REJECTS = 10;

    private final Receiving receiving;
    private final Ingest ingest;
    private final Settling settling;
    private final SameNames sameNames;
    private final Filing filing;
    private final Trouble trouble;
    private final Room room;
    private final Stopping stopping;

    SingleFiles(
            Receiving receiving,
            Ingest ingest,
            Settling settling,
            SameNames sameNames,
            Filing filing,
            Trouble trouble,
            Room room,
            Stopping stopping) {
        this.receiving = receiving;
        this.ingest = ingest;
        this.settling = settling;
        this.sameNames = sameNames;
        this.filing = filing;
        this.trouble = trouble;
        this.room = room;
        this.stopping = stopping;
    }

    /**
     * Takes one.
     *
     * @return what is wrong with it, empty if nothing is
     * @throws StoreException if the store cannot go on
     */
    String take(Waiting file, String name) throws IOException {
        Instant receivedAt = settling.now();
        if (!room.isFor(file.size())) {
            trouble.rest(file.path(), receivedAt);
            return "waits: the disk of the data folder has no room for it";
        }
        try {
            if (!file.isAsIn(Files.readAttributes(file.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))) {
                return "";
            }
            try (Documents documents = Documents.of(name, file.path(), receivedAt)) {
                List<Document> all = documents.list();
                if (all.size() == 1 && all.getFirst().name().equals(name)) {
                    return whole(file, new Held(all.getFirst(), true, stopping));
                }
                Document packed = asItLies(file, name, receivedAt);
                return all.isEmpty()
                        ? settling.refuse(
                                file, packed, Reason.EMPTY, Why.of(Reason.EMPTY), "The archive holds no files")
                        : archive(file, packed, all);
            } catch (StoreException | UncheckedIOException e) {
                throw e;
            } catch (RuntimeException e) {
                return settling.fault(file, asItLies(file, name, receivedAt), e);
            }
        } catch (IOException e) {
            return stopping.over() ? "" : settling.unreadable(file, name, receivedAt, Failures.inWords(e));
        }
    }

    /** Never unpacked. */
    private Document asItLies(Waiting file, String name, Instant receivedAt) throws IOException {
        return new Held(Documents.salted(name, file.path(), receivedAt, new byte[0]), true, stopping);
    }

    private String whole(Waiting file, Held document) throws IOException {
        if (!sameNames.others(List.of(document)).isEmpty() && !filing.wasLeftBecauseItChanged(file.path())) {
            return settling.refuse(
                    file, document, Reason.NAME_REUSED, Why.of(Reason.NAME_REUSED), SameNames.reason(document.name()));
        }
        return guarded(file, document, () -> {
            Outcome outcome = take(document);
            return isStopped(outcome) ? "" : settling.settle(file, document, outcome);
        });
    }

    private Outcome take(Document document) {
        try {
            return ingest.take(document, receiving.options(), Progress.NONE);
        } finally {
            // The pause before another try, which Ingest does not get here, says so by interrupting.
            Thread.interrupted();
        }
    }

    /** Whether it was called away: it will be taken after the next start. */
    private boolean isStopped(Outcome outcome) {
        return stopping.over() && outcome instanceof Outcome.Refused;
    }

    private interface Work {
        String run() throws IOException;
    }

    /** Too much for the store, with room on the disk: that may pass, and if it does not, it is the file. */
    private String guarded(Waiting file, Document document, Work work) throws IOException {
        try {
            return work.run();
        } catch (StoreException e) {
            String reason = String.valueOf(e.getMessage());
            return switch (e.kind()) {
                case RESOURCES -> {
                    room.check(0);
                    yield trouble.failed(file.path(), settling.now(), reason)
                            ? ""
                            : settling.refuse(file, document, Reason.IO, Why.STORE, reason);
                }
                case INTERNAL -> settling.fault(file, document, e);
                case BUSY, DAMAGED -> throw e;
            };
        }
    }

    private String archive(Waiting file, Document packed, List<Document> documents) throws IOException {
        List<Held> entries = documents.stream()
                .map(document -> new Held(document, false, stopping))
                .toList();
        return guarded(file, packed, () -> {
            Set<Held> reused = sameNames.others(entries);
            Tally tally = new Tally();
            for (Held entry : entries) {
                Outcome outcome = reused.contains(entry)
                        ? ingest.refuse(entry, Reason.NAME_REUSED, SameNames.reason(entry.name()))
                        : take(entry);
                if (isStopped(outcome)) {
                    return "";
                }
                if (outcome instanceof Outcome.Refused refused && refused.code() == Reason.IO) {
                    return settling.unreadable(file, packed.name(), packed.receivedAt(), refused.reason());
                }
                tally.add(outcome);
            }
            @Nullable Report report = tally.report(packed, entries.size());
            settling.archive(file, report, tally.some, tally.known, packed.receivedAt());
            return report == null ? "" : report.reason();
        });
    }

    /** What became of an archive's entries. */
    private final class Tally {
        private final List<Entry> wrong = new ArrayList<>();
        private int notWhole;
        private boolean some;
        private boolean known = true;

        void add(Outcome outcome) {
            switch (outcome) {
                case Outcome.Taken taken -> taken(taken.name(), taken.delivery(), false);
                case Outcome.Known before -> taken(before.name(), before.delivery(), true);
                case Outcome.Quarantined q ->
                    wrong(new Entry(q.name(), q.delivery().id(), q.code().name(), q.reason(), null, List.of()));
                case Outcome.Refused r ->
                    wrong(new Entry(r.name(), null, r.code().name(), r.reason(), null, List.of()));
            }
        }

        private void taken(String name, Delivery delivery, boolean before) {
            boolean nothing = Settling.nothing(delivery.counts());
            some |= !nothing;
            known &= before;
            if (delivery.counts().rejected() > 0) {
                var rejects = Settling.rejects(receiving.ledger(), delivery);
                wrong(new Entry(
                        name,
                        delivery.id(),
                        nothing ? Reason.NOTHING_TAKEN.name() : Why.PARTLY_TAKEN.code(),
                        Settling.rejected(delivery, rejects),
                        delivery.counts(),
                        rejects.subList(0, Math.min(MOST_REJECTS, rejects.size()))));
            }
        }

        private void wrong(Entry entry) {
            notWhole++;
            if (wrong.size() < MOST_ENTRIES) {
                wrong.add(entry);
            }
        }

        @Nullable
        Report report(Document packed, int entries) {
            if (notWhole == 0) {
                return null;
            }
            String reason = notWhole + " of " + entries + " entries were not taken whole; the first, "
                    + wrong.getFirst().name() + ": " + wrong.getFirst().reason();
            Report report = Report.of(packed.name(), null, Why.ENTRIES, reason, packed.receivedAt());
            return new Report(
                    report.name(),
                    null,
                    report.why(),
                    reason,
                    report.receivedAt(),
                    List.of(new Try(settling.now(), null)),
                    null,
                    List.of(),
                    wrong);
        }
    }
}
