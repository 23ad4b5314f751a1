package io.tallywatt.collectors.simulator;

/** The two values of a record. */
enum Side {
    GENERATION("generation"),
    CONSUMPTION("consumption");

    private final String quantity;

    Side(String quantity) {
        this.quantity = quantity;
    }

    /** As series are named. */
    String quantity() {
        return quantity;
    }
}
