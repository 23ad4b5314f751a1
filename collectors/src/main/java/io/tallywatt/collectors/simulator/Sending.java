package io.tallywatt.collectors.simulator;

import java.time.Instant;
import java.util.List;

/** What comes of a site at an instant: a file, or nothing where one should have come. */
public sealed interface Sending permits SimulatedFile, NotSent {
    /** When it arrives, or should have. */
    Instant due();

    /** What is anomalous about it; mostly nothing. */
    List<Label> labels();
}
