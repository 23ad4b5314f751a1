package io.tallywatt.server.cli;

/** Ends a command with one clear line and an exit code. */
final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Stop(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A value is wrong: names the parameter and what was expected. */
    static Stop usage(String message) {
        return new Stop(ExitCode.USAGE, message);
    }

    static Stop cannotRun(String message) {
        return new Stop(ExitCode.CANNOT_RUN, message);
    }

    static Stop notTaken(String message) {
        return new Stop(ExitCode.PARTLY, message);
    }

    int exitCode() {
        return exitCode;
    }
}
