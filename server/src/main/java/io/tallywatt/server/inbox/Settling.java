package io.tallywatt.server.inbox;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.StoreException;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.files.Quarantine.Letter;
import io.tallywatt.server.inbox.Report.Try;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides where a file goes that is one document, by what came of it. */
final class Settling {
    private static final int MOST_FAULTS = 10;

    private final Receiving receiving;
    private final Ingest ingest;
    private final Quarantine quarantine;
    private final Filing filing;
    private final Trouble trouble;
    private final InboxLog log;
    private InboxCounts counts = InboxCounts.NONE;
    private boolean took;
    private int faults;

    Settling(Receiving receiving, Ingest ingest, Quarantine quarantine, Filing filing, Trouble trouble, InboxLog log) {
        this.log = log;
        this.receiving = receiving;
        this.ingest = ingest;
        this.quarantine = quarantine;
        this.filing = filing;
        this.trouble = trouble;
    }

    InboxCounts counts() {
        return counts;
    }

    /** Whether anything was taken since this was asked last. */
    boolean tookSome() {
        boolean some = took;
        took = false;
        return some;
    }

    /** @return what is wrong, empty if nothing is */
    String settle(Waiting file, Document document, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Taken taken -> taken(file, document, taken.delivery(), false);
            case Outcome.Known known -> known(file, document, known);
            case Outcome.Quarantined quarantined ->
                deadLetter(
                        file, document, quarantined.delivery().id(), Why.of(quarantined.code()), quarantined.reason());
            case Outcome.Refused refused -> refused(file, document, refused);
        };
    }

    private String known(Waiting file, Document document, Outcome.Known known) {
        Delivery delivery = known.delivery();
        if (delivery.counts().rejected() > 0 && wasPutBack(delivery)) {
            Outcome again = ingest.takeAgain(document, options(), Progress.NONE);
            if (!(again instanceof Outcome.Known)) {
                return settle(file, document, again);
            }
        }
        return taken(file, document, delivery, true);
    }

    /** Whether somebody took a file from where it was put: it came back here, to be tried again. */
    boolean wasPutBack(Delivery delivery) {
        try {
            Optional<Letter> letter = quarantine.letter(delivery.id());
            return letter.isPresent() && !Files.exists(letter.get().file(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String taken(Waiting file, Document document, Delivery delivery, boolean known) {
        if (delivery.counts().rejected() == 0) {
            count(known);
            filing.done(file, document.receivedAt());
            return "";
        }
        List<Reject> rejects = rejects(receiving.ledger(), delivery);
        String reason = rejected(delivery, rejects);
        Why why = nothing(delivery.counts()) ? Why.of(Reason.NOTHING_TAKEN) : Why.PARTLY_TAKEN;
        Report report = Report.of(document.name(), delivery.id(), why, reason, document.receivedAt())
                .with(delivery.counts(), rejects)
                .with(tries(file, null));
        if (nothing(delivery.counts())) {
            counts = counts.plus(new InboxCounts(0, 0, 1));
            filing.deadLetter(file, report);
        } else {
            count(known);
            filing.done(file, report);
        }
        return reason;
    }

    /** An archive, each of whose entries was dealt with. */
    void archive(Waiting file, @Nullable Report report, boolean some, boolean known, Instant receivedAt) {
        if (report != null && !some) {
            counts = counts.plus(new InboxCounts(0, 0, 1));
            filing.deadLetter(file, report);
            return;
        }
        count(known);
        if (report == null) {
            filing.done(file, receivedAt);
        } else {
            filing.done(file, report);
        }
    }

    private void count(boolean known) {
        faults = 0;
        counts = counts.plus(known ? new InboxCounts(0, 1, 0) : new InboxCounts(1, 0, 0));
        took |= !known;
    }

    /** Whether a document held rows, and none of them was of use. */
    static boolean nothing(Counts counts) {
        return counts.rejected() > 0
                && counts.readings() == 0
                && counts.created() + counts.unchanged() + counts.extended() + counts.corrected() == 0;
    }

    static List<Reject> rejects(Ledger ledger, Delivery delivery) {
        if (delivery.counts().rejected() == 0) {
            return List.of();
        }
        try (Stream<Reject> all = ledger.rejects(delivery.id())) {
            return all.limit(Report.FIRST).toList();
        }
    }

    static String rejected(Delivery delivery, List<Reject> rejects) {
        Counts counts = delivery.counts();
        String first = rejects.isEmpty()
                ? ""
                : "; the first, in line " + rejects.getFirst().line() + ": "
                        + rejects.getFirst().message();
        return counts.rejected() + " of " + counts.rows() + " rows could not be taken" + first;
    }

    private String refused(Waiting file, Document document, Outcome.Refused refused) {
        if (refused.code() == Reason.IO) {
            return unreadable(file, document, refused.reason());
        }
        return refuse(file, document, refused.code(), Why.of(refused.code()), refused.reason());
    }

    /** A file that the system could not read: tried three times, if it is still there. */
    private String unreadable(Waiting file, Document document, String reason) {
        if (!Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            trouble.forget(file.path());
            return "";
        }
        if (trouble.failed(file.path(), now(), reason)) {
            return "";
        }
        return switch (ingest.refuse(document, Reason.IO, reason)) {
            case Outcome.Quarantined kept ->
                deadLetter(
                        file,
                        document.name(),
                        document.receivedAt(),
                        kept.delivery().id(),
                        Why.of(Reason.IO),
                        reason,
                        trouble.tries(file.path()));
            default -> unrecorded(file, document.name(), document.receivedAt(), reason);
        };
    }

    /** The same before there is a document. */
    String unreadable(Waiting file, String name, Instant receivedAt, String reason) {
        if (!Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            trouble.forget(file.path());
            return "";
        }
        return trouble.failed(file.path(), now(), reason) ? "" : unrecorded(file, name, receivedAt, reason);
    }

    /** Nobody knows its bytes, so the ledger cannot know it. */
    private String unrecorded(Waiting file, String name, Instant receivedAt, String reason) {
        return deadLetter(file, name, receivedAt, null, Why.of(Reason.IO), reason, trouble.tries(file.path()));
    }

    /** Puts a document into quarantine without reading it, and its file to the dead letters. */
    String refuse(Waiting file, Document document, Reason code, Why why, String reason) {
        return switch (ingest.refuse(document, code, reason)) {
            case Outcome.Quarantined kept ->
                deadLetter(file, document, kept.delivery().id(), why, reason);
            case Outcome.Refused refused -> unreadable(file, document, refused.reason());
            case Outcome.Taken taken -> taken(file, document, taken.delivery(), false);
            case Outcome.Known known -> taken(file, document, known.delivery(), true);
        };
    }

    /**
     * A file at which something went wrong that should not have: alone it goes to the dead letters. If that is so of one file
     * after the other, it is not the files.
     */
    String fault(Waiting file, Document document, RuntimeException e) {
        if (!(e instanceof StoreException)) {
            log.mistake(document.name(), e);
        }
        String reason = e instanceof StoreException ? String.valueOf(e.getMessage()) : "Failed by mistake: " + e;
        if (++faults > MOST_FAULTS) {
            throw new StoreException(StoreException.Kind.INTERNAL, reason, e);
        }
        return refuse(file, document, Reason.IO, Why.STORE, reason);
    }

    /** Something that is no file. */
    String refuse(Waiting file, String name, Instant receivedAt, Why why, String reason) {
        return deadLetter(file, name, receivedAt, null, why, reason, List.of(new Try(receivedAt, reason)));
    }

    private String deadLetter(Waiting file, Document document, long delivery, Why why, String reason) {
        return deadLetter(file, document.name(), document.receivedAt(), delivery, why, reason, tries(file, reason));
    }

    private String deadLetter(
            Waiting file,
            String name,
            Instant receivedAt,
            @Nullable Long delivery,
            Why why,
            String reason,
            List<Try> tries) {
        counts = counts.plus(new InboxCounts(0, 0, 1));
        filing.deadLetter(
                file, Report.of(name, delivery, why, reason, receivedAt).with(tries));
        return why.code() + ", " + reason;
    }

    /** Those that failed before, and this one. */
    private List<Try> tries(Waiting file, @Nullable String reason) {
        List<Try> tries = new ArrayList<>(trouble.tries(file.path()));
        tries.add(new Try(now(), reason));
        return tries;
    }

    ReadingOptions options() {
        return receiving.options();
    }

    Instant now() {
        return receiving.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
