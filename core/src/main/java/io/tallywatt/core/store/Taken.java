package io.tallywatt.core.store;

/** What came of handing a document to a store. */
public sealed interface Taken {
    /** The ledger's entry. */
    Delivery delivery();

    /** Its readings are stored. */
    record Stored(Delivery delivery) implements Taken {}

    /** The same bytes were taken before, read the same way: nothing was changed. */
    record Known(Delivery delivery) implements Taken {}
}
