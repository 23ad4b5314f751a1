package io.tallywatt.collectors.simulator;

/** How records are put into files. */
public enum Packing {
    /** A file per site and interval, sent when the interval ends: what a live feed is. */
    INTERVAL,
    /** A file per site and UTC day, and one more with what was sent twice: what history is. */
    DAY
}
