package io.tallywatt.server.cli;

/** Ends a command that was carried out {@link Elsewhere}: its answer is written, this is its exit code. */
final class HandedOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    HandedOver(int exitCode) {
        super("handed over", null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
