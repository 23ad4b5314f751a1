package io.tallywatt.core.ingest;

import io.tallywatt.core.format.Layout;
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
    record Quarantined(String name, Delivery delivery, String reason) implements Outcome {}

    /** It never came in: it does not exist, may not be read, or there was no room. Nothing was recorded. */
    record Refused(String name, String reason) implements Outcome {}
}
