package io.tallywatt.core.validate;

import io.tallywatt.core.reading.Quality;

/** What is remembered of a reading beside its value, as bits: its quality, and what was found about it. */
final class Marks {
    /** The code of its quality; never MISSING, so two bits hold it. */
    static final int QUALITY = 3;

    static final int NEGATIVE = 1 << 2;
    static final int IMPLAUSIBLE = 1 << 3;
    static final int REGISTER_RESET = 1 << 4;
    static final int SPIKE = 1 << 5;
    /** Part of a run that was found stuck. */
    static final int STUCK = 1 << 6;
    /** The first of such a run: the finding starts here. */
    static final int STUCK_HEAD = 1 << 7;
    /** Far from what is usual, but as the many before it: a new level, and no longer a spike. */
    static final int SHIFTED = 1 << 8;
    /** Remembered as it stood, not judged: what was found about it is not known. */
    static final int PRELOADED = 1 << 9;
    /** Wrong by itself, whatever is usual. */
    static final int IMPOSSIBLE = NEGATIVE | IMPLAUSIBLE | REGISTER_RESET;

    private Marks() {}

    static int of(Quality quality) {
        return quality.code();
    }

    static Quality quality(int marks) {
        return Quality.ofCode(marks & QUALITY);
    }

    /** Whether the reading says anything about what is usual. */
    static boolean isGood(int marks) {
        return (marks & (IMPOSSIBLE | SPIKE | STUCK)) == 0 && (marks & QUALITY) != Quality.INVALID.code();
    }
}
