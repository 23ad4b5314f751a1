package io.tallywatt.core.store;

/** A store could not do what was asked; nothing was changed. The message is one line for a person. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who can do something about it. */
    public enum Kind {
        /** Another process holds the data. */
        BUSY,
        /** Disk or memory ran out. */
        RESOURCES,
        /** The stored data is not as it should be. */
        DAMAGED,
        /** Everything else. */
        INTERNAL
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
