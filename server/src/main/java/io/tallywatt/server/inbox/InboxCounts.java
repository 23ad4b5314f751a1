package io.tallywatt.server.inbox;

/**
 * What became of files since the inbox was opened.
 *
 * @param taken files whose readings are stored, in whole or in part
 * @param known files whose bytes had been taken before
 * @param refused files that went to the dead letters
 */
public record InboxCounts(long taken, long known, long refused) {
    static final InboxCounts NONE = new InboxCounts(0, 0, 0);

    InboxCounts plus(InboxCounts o) {
        return new InboxCounts(taken + o.taken, known + o.known, refused + o.refused);
    }

    InboxCounts minus(InboxCounts o) {
        return new InboxCounts(taken - o.taken, known - o.known, refused - o.refused);
    }
}
