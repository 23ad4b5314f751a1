package io.tallywatt.benchmarks;

import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import java.util.Optional;

/** Nothing generated is unreadable. */
enum NoDeadLetters implements DeadLetters {
    INSTANCE;

    @Override
    public void keep(long delivery, Document document) {
        throw new IllegalStateException(document.name() + " could not be read");
    }

    @Override
    public Optional<Document> find(long delivery) {
        return Optional.empty();
    }

    @Override
    public void discard(long delivery) {}
}
