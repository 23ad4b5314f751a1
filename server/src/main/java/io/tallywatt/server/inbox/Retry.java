package io.tallywatt.server.inbox;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.server.collect.WireFormats;
import io.tallywatt.server.files.Quarantine;
import io.tallywatt.server.files.Quarantine.Letter;
import io.tallywatt.server.inbox.Report.Try;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads again what could not be taken, or not whole. If that was a file of an inbox, it goes to what is done once it is taken,
 * and its report goes; else it stays where it is, and the report says what is wrong now.
 */
public final class Retry {
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Clock clock;
    private final Ingest ingest;

    public Retry(BlockStore blocks, Ledger ledger, Quarantine quarantine, Ingest.Pause pause, Clock clock) {
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.clock = clock;
        this.ingest = new Ingest(blocks, ledger, new Kept(quarantine), pause, WireFormats.ALL);
    }

    /** What is let go of, and where, is settled when it is known what came of it. */
    private record Kept(Quarantine quarantine) implements DeadLetters {
        @Override
        public void keep(long delivery, Document document) throws IOException {
            quarantine.keep(delivery, document);
        }

        @Override
        public Optional<Document> find(long delivery) {
            return quarantine.find(delivery);
        }

        @Override
        public void discard(long delivery) {}
    }

    /**
     * The bytes of a delivery.
     *
     * @return empty if nobody kept them, or somebody changed the file in which they were
     */
    public Optional<Document> find(Delivery delivery) throws IOException {
        Optional<Document> kept = quarantine.find(delivery.id());
        if (kept.isEmpty() || quarantine.letter(delivery.id()).isEmpty()) {
            return kept;
        }
        try {
            return Ingest.digestOf(kept.get()).equals(delivery.digest()) ? kept : Optional.empty();
        } catch (UnreadableDocument e) {
            // Known by its packed bytes; that will be said again.
            return kept;
        }
    }

    /** Reads a delivery again. */
    public Outcome again(Delivery delivery, Document document, ReadingOptions options) throws IOException {
        Outcome outcome = ingest.takeAgain(document, options, Progress.NONE);
        Optional<Letter> letter = quarantine.letter(delivery.id());
        switch (outcome) {
            case Outcome.Taken taken -> settle(taken.delivery(), letter);
            case Outcome.Known known -> settle(known.delivery(), letter);
            case Outcome.Quarantined quarantined ->
                report(
                        letter,
                        Report.of(
                                document.name(),
                                delivery.id(),
                                Why.of(quarantined.code()),
                                quarantined.reason(),
                                delivery.receivedAt()),
                        quarantined.reason());
            case Outcome.Refused refused -> {}
        }
        return outcome;
    }

    private void settle(Delivery delivery, Optional<Letter> letter) throws IOException {
        if (letter.isEmpty() || delivery.counts().rejected() == 0) {
            quarantine.release(delivery.id());
            return;
        }
        List<Reject> rejects = Settling.rejects(ledger, delivery);
        boolean nothing = Settling.nothing(delivery.counts());
        String reason = Settling.rejected(delivery, rejects);
        Report report = Report.of(
                        letter.get().name(),
                        delivery.id(),
                        nothing ? Why.of(Reason.NOTHING_TAKEN) : Why.PARTLY_TAKEN,
                        reason,
                        delivery.receivedAt())
                .with(delivery.counts(), rejects);
        if (nothing) {
            report(letter, report, null);
            return;
        }
        Report complete = withTry(letter.get(), report, null);
        Optional<Path> place = quarantine.release(delivery.id());
        if (place.isPresent()) {
            Letter now = new Letter(
                    letter.get().name(),
                    delivery.receivedAt(),
                    place.get(),
                    InboxFolder.report(place.get()),
                    place.get());
            complete.write(now.report());
            quarantine.keepAt(delivery.id(), now, true);
        }
    }

    private void report(Optional<Letter> letter, Report report, @Nullable String reason) throws IOException {
        if (letter.isPresent()) {
            withTry(letter.get(), report, reason).write(letter.get().report());
        }
    }

    private Report withTry(Letter letter, Report report, @Nullable String reason) {
        List<Try> tries = new ArrayList<>(
                Report.past(letter.report()).orElse(Report.Past.NONE).tries());
        tries.add(new Try(clock.instant().truncatedTo(ChronoUnit.MILLIS), reason));
        return report.with(tries);
    }

    /** The delivery whose file lies there, among the dead letters or done, if a report beside it says so. */
    public static Optional<Long> deliveryOf(Path file) {
        return Report.past(InboxFolder.report(file)).map(Report.Past::delivery);
    }
}
