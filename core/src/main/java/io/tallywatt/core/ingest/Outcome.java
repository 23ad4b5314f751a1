package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Layout;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import io.tallywatt.core.store.Delivery;
import java.util.List;

/** What came of one document. */
public sealed interface Outcome {
    /** The document's name. */
    String name();

    /** Its readings are stored; some rows may be rejected. */
    record Taken(String name, Delivery delivery, List<Layout.Decision> decisions) implements Outcome {}

    /** The same bytes were taken before, read the same way: no effect. */
    record Known(String name, Delivery delivery) implements Outcome {}

    /** It could not be read; its bytes are kept, and the ledger says why. */
    record Quarantined(String name, Delivery delivery, Reason code, String reason) implements Outcome {}

    /**
     * It never came in: it does not exist, may not be read, or there was no room. Nothing was recorded.
     *
     * @param code {@link Reason#IO} where the cause may pass
     */
    record Refused(String name, Reason code, String reason) implements Outcome {

        public Refused(String name, String reason) {
            this(name, Reason.IO, reason);
        }
    }
}
