package io.tallywatt.server.inbox;

import io.tallywatt.core.format.UnreadableDocument.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Why a file has a report.
 *
 * @param code for programs; the codes of unreadable documents are among them
 * @param next what a person can do about it
 */
record Why(String code, String next) {
    private static final String RETRY = "tallywatt retry {id} (or POST /api/v1/files/{id}/retry)";

    /** The letter is in the ledger; most of what can be wrong is wrong with the file. */
    private static final String CORRECT =
            "Correct the file and put it into the inbox under another name. If the program,"
                    + " a setting or the store has changed so that it can be read as it is: " + RETRY;

    private static final String AGAIN = "When the cause is gone, move the file back into the inbox";

    /** Taken, but for some of its rows. */
    static final Why PARTLY_TAKEN = new Why(
            "PARTLY_TAKEN",
            "The other rows are stored. Correct those below and put them into the inbox in a file of another name. When they"
                    + " can be taken as they are: " + RETRY);

    /** An archive of which not every entry was taken whole. */
    static final Why ENTRIES = new Why(
            "ENTRIES_NOT_TAKEN",
            "Each entry below is a delivery of its own: correct it and put it into the inbox under another name, or, when the"
                    + " cause is gone: tallywatt retry DELIVERY");

    static final Why LINK_INSIDE = new Why(
            "LINK_INSIDE",
            "Nothing: links are not followed, and the file that this one leads to is taken under its own name");

    static final Why NOT_A_FILE = new Why("NOT_A_FILE", "Put a file into the inbox; nothing else is read");

    /** The store failed at this file and at no other. */
    static final Why STORE = new Why("STORE", "When the cause is gone: " + RETRY);

    static Why of(Reason reason) {
        return switch (reason) {
            case IO -> new Why(reason.name(), AGAIN);
            case NAME_REUSED ->
                new Why(
                        reason.name(),
                        "If it is meant to be taken besides what came by this name before: " + RETRY
                                + ". For senders who call every file the same, set tallywatt.inbox.same-name=take");
            case LINK_OUTSIDE -> new Why(reason.name(), "Put the file itself into the inbox, not a link to it");
            // Whatever else a reader finds, now or one day, is wrong with the file.
            default -> new Why(reason.name(), CORRECT);
        };
    }

    String next(@Nullable Long delivery) {
        return delivery == null ? next.contains("{id}") ? AGAIN : next : next.replace("{id}", Long.toString(delivery));
    }
}
