package io.tallywatt.core.format;

/**
 * A document that cannot be read at all: nothing of it is stored, and it goes to quarantine with this reason. The
 * message is one line that says what was found and what was expected.
 */
public final class UnreadableDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for reports and for the decision whether another try makes sense. */
    public enum Reason {
        /** Not text, or no layout that we know. */
        UNKNOWN_FORMAT,
        EMPTY,
        /** Dates that are day first in one row and month first in another. */
        CONTRADICTORY_DATES,
        /** A compressed file that unpacks beyond all measure. */
        EXPANDS_TOO_FAR,
        /** A compressed file that is damaged. */
        DAMAGED,
        /** The operating system could not read it; may pass. */
        IO,
        /** An option names something that the file does not have. */
        OPTION,
        /** It is called JSON, and is not. */
        NOT_JSON,
        /** A file of the same name came before with other content, where that is not meant to be. */
        NAME_REUSED,
        /** A link that leads out of the folder that is watched. */
        LINK_OUTSIDE,
        /** Not one of its rows could be taken. */
        NOTHING_TAKEN
    }

    private final Reason reason;

    public UnreadableDocument(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UnreadableDocument(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
