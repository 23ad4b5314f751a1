package io.tallywatt.api;

import io.tallywatt.api.wire.Dealt;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.ingest.Progress;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What every {@link Reception} does with documents once it has them whole. */
public final class Desk {
    private final Ingest ingest;
    private final Ledger ledger;

    public Desk(Ingest ingest, Ledger ledger) {
        this.ingest = ingest;
        this.ledger = ledger;
    }

    public Dealt take(Document document, ReadingOptions options) {
        Outcome outcome = ingest.take(document, options, Progress.NONE);
        // The time at the door is fixed once: a delivery that has an older one came before.
        boolean again = outcome instanceof Outcome.Taken taken
                && taken.delivery().receivedAt().isBefore(document.receivedAt());
        return new Dealt(outcome, again, rejects(outcome));
    }

    /** Takes readings that were pushed, unless their key was used for others. */
    public Reception.Pushed take(Push push, Document document, ReadingOptions options) throws IOException {
        if (push.key() != null) {
            String digest = Ingest.digestOf(document);
            for (Delivery before : ledger.deliveries(DeliverySearch.named(push.name()))) {
                if (!before.digest().equals(digest)) {
                    return new Reception.Pushed.OtherContent(before);
                }
            }
        }
        return new Reception.Pushed.Received(take(document, options));
    }

    /** The first few of its rejects. */
    public List<Reject> rejects(Outcome outcome) {
        if (outcome instanceof Outcome.Taken taken && taken.delivery().counts().rejected() > 0) {
            try (Stream<Reject> all = ledger.rejects(taken.delivery().id())) {
                return all.limit(Dealt.FIRST).toList();
            }
        }
        return List.of();
    }
}
