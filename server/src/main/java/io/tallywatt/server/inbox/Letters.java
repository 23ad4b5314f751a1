package io.tallywatt.server.inbox;

import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.server.files.Quarantine;
import java.io.IOException;
import java.util.Optional;

/** The quarantine as the inbox sees it: the bytes of a file stay in the file, which {@link Filing} moves; those of an entry are kept. */
record Letters(Quarantine quarantine) implements DeadLetters {
    @Override
    public void keep(long delivery, Document document) throws IOException {
        switch (document) {
            case ClaimedFile file -> {}
            case Held held when held.whole() -> {}
            case Held held -> quarantine.keep(delivery, held.document());
            default -> quarantine.keep(delivery, document);
        }
    }

    @Override
    public Optional<Document> find(long delivery) {
        return quarantine.find(delivery);
    }

    @Override
    public void discard(long delivery) throws IOException {
        quarantine.discard(delivery);
    }
}
