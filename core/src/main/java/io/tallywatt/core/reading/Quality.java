package io.tallywatt.core.reading;

/** How far a reading can be trusted. The ordinal is what stores write: append only. */
public enum Quality {
    /** Measured. */
    ACTUAL,
    /** Estimated by the source, or split by time by us. */
    ESTIMATED,
    /** Put in by the source in place of a reading that it refused. */
    SUBSTITUTED,
    /** Readable but impossible; kept as reported, left out of totals. */
    INVALID,
    /** No reading. */
    MISSING;

    private static final Quality[] BY_CODE = values();

    public static Quality ofCode(int code) {
        return BY_CODE[code];
    }

    public byte code() {
        return (byte) ordinal();
    }

    /** Whether such a reading is part of totals. */
    public boolean counts() {
        return counts(code());
    }

    /** {@link #counts()} for a stored code. */
    public static boolean counts(byte code) {
        return code <= 2;
    }
}
