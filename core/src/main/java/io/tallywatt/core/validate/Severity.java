package io.tallywatt.core.validate;

/** How much a finding matters to whoever reads it. The names are part of stores and answers: append only. */
public enum Severity {
    /** Worth knowing, nothing to do. */
    INFO,
    /** Look at it when there is time. */
    WARNING,
    /** What is shown or billed is wrong, or nothing is known at all. */
    CRITICAL
}
