package io.tallywatt.core.validate;

import java.util.List;

/**
 * Where a reading went in the memory.
 *
 * @param kind what it is to what was there
 * @param index its place, -1 if it is not remembered
 * @param superseded the readings whose place it took
 */
record Placed(Kind kind, int index, List<Past> superseded) {
    static final Placed OUTSIDE = new Placed(Kind.OUTSIDE, -1, List.of());

    /** What a reading is to those that are remembered. */
    enum Kind {
        /** Of an interval that had none, or only itself, as its day stood before it was judged. */
        NEW,
        /** Of an interval that had another one. */
        AGAIN,
        /** Known already, to the last digit. */
        SAME,
        /** Older than what is remembered, or of a day to come: it cannot be compared with anything. */
        OUTSIDE
    }
}
