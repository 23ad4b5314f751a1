package io.tallywatt.infra;

import java.util.Locale;
import software.amazon.awscdk.services.logs.RetentionDays;

/** Where a stack stands. Stages are alike but for what protects data from a slip of the hand, and how long logs are kept. */
enum Stage {
    /** For trying out: everything may be taken down, data still stays behind. */
    DEV(false, RetentionDays.TWO_WEEKS),
    /** Neither the stack nor its table can be deleted before somebody switches that off. */
    PROD(true, RetentionDays.THREE_MONTHS);

    private final boolean guarded;
    private final RetentionDays logs;

    Stage(boolean guarded, RetentionDays logs) {
        this.guarded = guarded;
        this.logs = logs;
    }

    /** As in names: {@code dev}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean guarded() {
        return guarded;
    }

    RetentionDays logs() {
        return logs;
    }
}
