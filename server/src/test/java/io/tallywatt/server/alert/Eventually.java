package io.tallywatt.server.alert;

import java.util.function.BooleanSupplier;

/** Waits for what another thread does, and no longer than a test may. */
final class Eventually {
    private static final long DEADLINE_NANOS = 30_000_000_000L;
    private static final long LOOK_MILLIS = 10;

    private Eventually() {}

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("Waited in vain for: " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
