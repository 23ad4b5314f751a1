package io.tallywatt.server.cli;

/** How a run ended, for scripts. */
public final class ExitCode {
    /** Notices included. */
    public static final int DONE = 0;
    /** Some rows or files were not taken. */
    public static final int PARTLY = 1;
    /** The command line or a setting is wrong. */
    public static final int USAGE = 2;
    /** No data yet, the store is busy, the disk is full. */
    public static final int CANNOT_RUN = 3;

    private ExitCode() {}
}
