package io.tallywatt.core.format;

/** Where readers report what they could not take, and what they took with a remark. Safe for several threads. */
public interface Remarks {
    void reject(Reject reject);

    /** @param line where it was seen, 0 for the whole file */
    void notice(NoticeCode code, long line, String message);
}
