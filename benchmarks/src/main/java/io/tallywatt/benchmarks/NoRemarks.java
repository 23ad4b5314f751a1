package io.tallywatt.benchmarks;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.Remarks;

/** Generated rows are taken without a word but that they state no unit; anything else is a mistake. */
enum NoRemarks implements Remarks {
    INSTANCE;

    @Override
    public void reject(Reject reject) {
        throw new IllegalStateException("Refused: " + reject);
    }

    @Override
    public void notice(NoticeCode code, long line, String message) {
        if (code != NoticeCode.UNIT_ASSUMED) {
            throw new IllegalStateException("Remarked: " + message);
        }
    }
}
