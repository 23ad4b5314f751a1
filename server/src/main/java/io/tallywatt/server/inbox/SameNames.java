package io.tallywatt.server.inbox;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Ingest;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.Ledger;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds documents whose name came before with other content. The names of a batch are asked for at once; digests are looked
 * at only for the few that came before.
 */
final class SameNames {
    private final Ledger ledger;
    private final Settling settling;
    private final Filing filing;
    private final boolean refuse;

    SameNames(Ledger ledger, Settling settling, Filing filing, InboxSettings.SameName sameName) {
        this.filing = filing;
        this.ledger = ledger;
        this.settling = settling;
        this.refuse = sameName == InboxSettings.SameName.REFUSE;
    }

    /** Those of the documents that are refused. */
    Set<ClaimedFile> refused(List<ClaimedFile> files) throws IOException {
        Set<ClaimedFile> others = others(files);
        others.removeIf(file -> filing.wasLeftBecauseItChanged(file.file().path()));
        return others;
    }

    <D extends Document> Set<D> others(List<D> documents) throws IOException {
        if (!refuse) {
            return new HashSet<>();
        }
        Collection<String> names = documents.stream().map(Document::name).toList();
        Map<String, Set<String>> before = ledger.digestsTaken(names);
        Set<D> others = new HashSet<>();
        if (!before.isEmpty()) {
            for (D document : documents) {
                if (isOther(document, before.getOrDefault(document.name(), Set.of()))) {
                    others.add(document);
                }
            }
        }
        return others;
    }

    private boolean isOther(Document document, Set<String> before) throws IOException {
        if (before.isEmpty()) {
            return false;
        }
        try {
            String digest = Ingest.digestOf(document);
            return !before.contains(digest) && isOther(ledger.byDigest(digest));
        } catch (UnreadableDocument e) {
            // A packed file that is damaged: whoever reads it will say so.
            return false;
        }
    }

    /** Content that was taken by any name is known; content that a person put back has been looked at. */
    private boolean isOther(Optional<Delivery> known) {
        return known.isEmpty()
                || switch (known.get().state()) {
                    case TAKEN -> false;
                    case QUARANTINED -> !settling.wasPutBack(known.get());
                    case WITHDRAWN -> true;
                };
    }

    static String reason(String name) {
        return "'" + name + "' came before with other content; expected a name of its own for each file";
    }
}
