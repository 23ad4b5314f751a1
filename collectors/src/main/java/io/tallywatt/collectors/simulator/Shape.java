package io.tallywatt.collectors.simulator;

/** What a file looks like. */
public enum Shape {
    /** One record, as a JSON object. */
    OBJECT,
    /** A JSON array of records. */
    ARRAY,
    /** A record a line. */
    NDJSON,
    /** Some of each. */
    MIXED;

    /** How the names of such files end; a mixed file is one of the others. */
    String ending() {
        return this == NDJSON ? ".ndjson" : ".json";
    }
}
