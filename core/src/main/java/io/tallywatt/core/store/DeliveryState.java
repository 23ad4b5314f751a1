package io.tallywatt.core.store;

/** Where a delivery stands. The names are part of the ledger. */
public enum DeliveryState {
    /** Its readings are stored. */
    TAKEN,
    /** It could not be read; its bytes are kept aside with the reason. */
    QUARANTINED,
    /** It was taken and then undone. */
    WITHDRAWN
}
