package io.tallywatt.collectors.simulator;

import java.time.Instant;

/** What goes wrong with a record as a whole; its values are true. */
sealed interface RecordFault {
    /** It is not sent. */
    record Unsent() implements RecordFault {}

    /** It is sent much later. */
    record Late(Instant due) implements RecordFault {}

    /** It is sent again some intervals later. */
    record Repeated(int later) implements RecordFault {}

    /** It is sent again some intervals later, with another value on one side. */
    record Contradicted(Side side, long wh, int later) implements RecordFault {}
}
